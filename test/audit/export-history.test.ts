/** The server signs no history that is not the one of its tree: somebody changed the log since. */
import { LogDiffers } from "../../src/audit/export-history"
import { eventsWith, historyExport, type Made } from "./export-files"

const made = eventsWith(Array.from({ length: 300 }, (_, index) => `text ${index}`))
/** The same tree, over a log in which an event says something else. */
const changed = (revision: number): Made => ({
  ...made,
  events: made.events.map((event) => (event.revision === revision ? { ...event, data: { ...event.data, text: "another" } } : event)),
})

test("an event that was changed in the log is in no export, of everything or of chosen events", async () => {
  const differs = new LogDiffers("revision 272 of org_demo is not the event of its Merkle tree")
  await expect(historyExport(changed(272))).rejects.toThrow(differs)
  // Revision 272 is of this license.
  await expect(historyExport(changed(272), { licenseId: "lic_1" })).rejects.toThrow(differs)
  await expect(historyExport(changed(272), { licenseId: "lic_2" })).resolves.toBeInstanceOf(Buffer)
})

test("a log that lost its last events is not exported as if it ended there", async () => {
  const shorter: Made = { ...made, events: made.events.slice(0, 280) }
  await expect(historyExport(shorter, { revision: 300 })).rejects.toThrow("revision 281 of org_demo is not the event of its Merkle tree")
  await expect(historyExport(shorter, { revision: 300, last: 280 })).resolves.toBeInstanceOf(Buffer)
})
