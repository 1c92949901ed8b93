/**
 * True for an error of SQLite whose code begins so (extended codes begin with their primary one). By its fields and not
 * by `instanceof SqliteError`, or even `Error`: the driver's native part knows only the class that was loaded first in the
 * process, and under Jest every test file loads one of its own.
 */
export function isSqliteError(error: unknown, code: `SQLITE_${string}`): boolean {
  return typeof error === "object" && error !== null && "code" in error && String(error.code).startsWith(code)
}
