/** How much of something is tried: what finds most in every run, all of it in the long one (`npm run test:long`). */
export function rounds(usual: number, long: number): number {
  return process.env.SEATLEDGER_TESTS === "long" ? long : usual
}
