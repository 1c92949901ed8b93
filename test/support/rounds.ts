/**
 * How much of something is tried: what finds most in every run, all of it in the long one (`npm run test:long`). The
 * variable is not called SEATLEDGER_…, because the programs that tests start inherit it and refuse settings they do not know.
 */
export function rounds(usual: number, long: number): number {
  return process.env.TESTS === "long" ? long : usual
}
