import { LedgerRoom, ROOM_EVERY_MS } from "../../src/commands/ledger-room"

let clock = 1_000_000
const taken = (room: LedgerRoom, vendorId: string, attempts: number): number =>
  Array.from({ length: attempts }, () => room.take(vendorId)).filter(Boolean).length

test("a thousand at once, then one each time; of each vendor for itself", () => {
  const room = new LedgerRoom(() => clock)
  expect(taken(room, "vnd_one", 1_500)).toBe(1_000)
  expect(taken(room, "vnd_other", 1)).toBe(1)
  clock += ROOM_EVERY_MS - 1
  expect(taken(room, "vnd_one", 5)).toBe(0)
  clock += 1
  expect(taken(room, "vnd_one", 5)).toBe(1)
  clock += 3 * ROOM_EVERY_MS
  expect(taken(room, "vnd_one", 5)).toBe(3)
  clock += 5_000 * ROOM_EVERY_MS
  expect(taken(room, "vnd_one", 1_500)).toBe(1_000)
})

test("a clock that is set back gives nothing away", () => {
  const room = new LedgerRoom(() => clock)
  taken(room, "vnd_one", 1_000)
  clock -= 60_000
  expect(taken(room, "vnd_one", 1)).toBe(0)
})
