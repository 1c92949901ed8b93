/** Imports run one way (docs/architecture.md). A folder may use what stands before it, never what stands after it. */
const only = (from, allowed) => ({
  name: `${from.replace(/[^a-z]+/g, "-")}-only`,
  severity: "error",
  from: { path: `^${from}/` },
  to: { path: "^(src|projections|bench|test)/", pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}`)] },
})
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: { pathNot: "^src/api/graphql/" }, to: { circular: true } },
    only("src/domain", []),
    only("src/postgres", []),
    only("src/eventstore", ["src/domain/events\\.ts", "src/postgres/"]),
    only("src/vault", ["src/domain/", "src/postgres/"]),
    only("src/snapshots", ["src/domain/", "src/eventstore/(event-store|event-log)\\.ts", "src/postgres/", "src/readstore/threads\\.ts"]),
    only("src/auth", ["src/domain/"]),
    only("src/commands", ["src/domain/", "src/eventstore/event-store\\.ts", "src/vault/"]),
    only("src/webhooks", ["src/domain/", "src/eventstore/event-store\\.ts", "src/vault/vault\\.ts", "src/postgres/"]),
    only("src/readstore", ["src/domain/", "src/eventstore/", "src/vault/", "src/postgres/", "projections/"]),
    only("src/audit", ["src/domain/", "src/eventstore/event-store\\.ts", "src/postgres/"]),
    only("src/operations", ["src/postgres/"]),
    only("projections", ["src/domain/", "src/audit/", "src/readstore/read-store\\.ts", "src/readstore/projection\\.ts", "src/vault/"]),
    only("src/api", [
      "src/domain/",
      "src/commands/",
      "src/eventstore/event-store\\.ts",
      "src/readstore/",
      "projections/",
      "src/auth/",
      "src/vault/",
      "src/audit/",
      "src/operations/secret-uses\\.ts",
      "src/webhooks/(webhooks|delivery-state|send)\\.ts",
      "src/config\\.ts",
    ]),
    {
      name: "domain-is-pure",
      severity: "error",
      comment: "The domain does no I/O, reads no clock and no randomness.",
      from: { path: "^src/domain/" },
      to: { dependencyTypes: ["core", "npm"] },
    },
    {
      name: "adapters-apart",
      severity: "error",
      from: { path: "^src/eventstore/(memory|sqlite|postgres|kurrentdb)" },
      to: { path: "^src/eventstore/(memory|sqlite|postgres|kurrentdb)", pathNot: ["^src/eventstore/$1"] },
    },
    {
      name: "drivers-in-their-adapter",
      severity: "error",
      from: {
        pathNot:
          "^(src/postgres/|src/operations/sqlite|src/eventstore/(sqlite|kurrentdb)|src/eventstore/writer-lock|src/readstore/sqlite|src/vault/|src/audit/sqlite|src/webhooks/sqlite|bench/|test/)",
      },
      to: { path: "node_modules/(better-sqlite3|pg|@kurrent)/" },
    },
    {
      name: "databases-in-their-adapter",
      severity: "error",
      comment: "Only an adapter for PostgreSQL, and what opens adapters, knows src/postgres.",
      from: { path: "^src/", pathNot: "^src/(postgres/|[a-z]+/(postgres|open)[^/]*$|[^/]+$|cli/)" },
      to: { path: "^src/postgres/" },
    },
    { name: "nothing-imports-tests", severity: "error", from: { path: "^(src|projections|bench)/" }, to: { path: "^test/" } },
  ],
  options: { tsConfig: { fileName: "tsconfig.json" }, tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" } },
}
