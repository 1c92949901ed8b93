import { currentVersion, EVENT_TYPES, isEventType, UnknownEvent, type Upcasters, upcast } from "../../src/domain/event-versions"

/** A type that was changed twice: a count was added, then a list took the place of one id. */
const invented: Upcasters = {
  DeskTaken: [
    (data) => ({ ...data, count: 1 }),
    (data) => {
      const { deskId, ...rest } = data as { readonly deskId: string } // version 2 always had it
      return { ...rest, deskIds: [deskId] }
    },
  ],
}

test("data of an old version passes through every later step, in order", () => {
  expect(upcast("DeskTaken", 1, { deskId: "a" }, invented)).toEqual({ count: 1, deskIds: ["a"] })
  expect(upcast("DeskTaken", 2, { deskId: "a", count: 7 }, invented)).toEqual({ count: 7, deskIds: ["a"] })
})

test("data of the current version is passed on as it is", () => {
  const data = { deskIds: ["a"], count: 2 }
  expect(upcast("DeskTaken", 3, data, invented)).toBe(data)
})

test("an upcaster leaves what is recorded untouched", () => {
  const recorded = Object.freeze({ deskId: "a" })
  upcast("DeskTaken", 1, recorded, invented)
  expect(recorded).toEqual({ deskId: "a" })
})

test("a version or a type of the future is refused, with what to do", () => {
  expect(() => upcast("DeskTaken", 4, {}, invented)).toThrow(UnknownEvent)
  expect(() => upcast("DeskTaken", 4, {}, invented)).toThrow(/recorded in version 4.*knows versions 1 to 3.*newer/)
  expect(() => upcast("DeskLeft", 1, {}, invented)).toThrow(/type DeskLeft was recorded.*does not know/)
  for (const version of [0, -1, 1.5, Number.NaN]) expect(() => upcast("DeskTaken", version, {}, invented)).toThrow(UnknownEvent)
  expect(() => upcast("toString", 1, {})).toThrow(UnknownEvent)
})

test("the table knows the types there are and no others", () => {
  expect(EVENT_TYPES).toContain("SeatsGranted")
  expect(isEventType("SeatsGranted")).toBe(true)
  expect(isEventType("constructor")).toBe(false)
  expect(currentVersion("SeatsGranted")).toBe(1)
})
