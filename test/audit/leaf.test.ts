import { leafHash, leafText } from "../../src/audit/leaf"
import { MTH } from "./naive-merkle"

const event = {
  type: "GroupRenamed",
  stream: "organization-org_1",
  revision: 2,
  position: 77,
  id: "00000000-0000-4000-8000-000000000001",
  metadata: { v: 1, recordedAt: "2026-01-01T00:00:00.000Z", actor: { type: "SYSTEM" } },
  data: { groupId: "grp_1", displayName: "Größe 😂" },
}

const TEXT =
  '{"data":{"displayName":"Größe 😂","groupId":"grp_1"},"id":"00000000-0000-4000-8000-000000000001",' +
  '"metadata":{"actor":{"type":"SYSTEM"},"recordedAt":"2026-01-01T00:00:00.000Z","v":1},"revision":2,"stream":"organization-org_1","type":"GroupRenamed"}'

test("a leaf is the canonical JSON of six fields; the position in the store of all streams is none of them", () => {
  expect(leafText(event)).toBe(TEXT)
  expect(leafHash(event)).toEqual(MTH([Buffer.from(TEXT)]))
})

test("every field of an event counts", () => {
  const others = [
    { ...event, stream: "organization-org_2" },
    { ...event, revision: 3 },
    { ...event, id: "00000000-0000-4000-8000-000000000002" },
    { ...event, type: "GroupDeleted" },
    { ...event, data: { ...event.data, displayName: "Grosse" } },
    { ...event, metadata: { ...event.metadata, v: 2 } },
  ]
  const hashes = new Set([event, ...others].map((each) => leafHash(each).toString("hex")))
  expect(hashes.size).toBe(7)
})
