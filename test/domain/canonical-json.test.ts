import fc from "fast-check"
import { canonicalJson, NotCanonical, sortedJson } from "../../src/domain/canonical-json"

describe("RFC 8785: the published examples", () => {
  test.each([
    [
      "structures",
      '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}',
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ],
    [
      "values",
      '{"numbers":[1E30,4.50,333333333.33333329,2e-3,0.000000000000000000000000001],"escaping":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
      '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false],"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}',
    ],
    [
      "weird: sorted by UTF-16 code units, so that the smiley stands before the Hebrew letter",
      '{"\\u20ac":"Euro Sign","1":"One","\\u0080":"Control\\u007f","\\ud83d\\ude02":"Smiley","\\u00f6":"Latin Small Letter O With Diaeresis","\\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}',
      '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    ["unicode: nothing is normalised", '{"Unnormalized Unicode":"\\u1e0d\\u0307"}', '{"Unnormalized Unicode":"\u1e0d\u0307"}'],
    ["arrays keep their order", '[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
  ])("%s", (_, given, canonical) => {
    expect(canonicalJson(JSON.parse(given))).toBe(canonical)
  })

  // Appendix B: the bits of a double, and how it is written.
  test.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("the number with the bits %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text)
  })
})

test("§3.2.2.2: half a surrogate pair has no canonical JSON, in a value or in a name", () => {
  expect(() => canonicalJson({ a: "\ud83d" })).toThrow(NotCanonical)
  expect(() => canonicalJson(["\\\ude02"])).toThrow(NotCanonical)
  expect(() => canonicalJson({ "\udead": 1 })).toThrow(NotCanonical)
  expect(sortedJson({ a: "\ud83d" })).toBe('{"a":"\\ud83d"}')
})

test("a text that only looks like an escaped half is an ordinary text", () => {
  expect(canonicalJson("\\ud83d")).toBe('"\\\\ud83d"')
  expect(canonicalJson("\\\\ud83d 😂")).toBe('"\\\\\\\\ud83d 😂"')
})

test("a field that is undefined is one that is not there", () => {
  expect(canonicalJson({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}')
})

test("any value has the text that JSON.stringify gives of it with its fields sorted, however many there are", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  const names = Array.from({ length: 200 }, (_, n) => `${(n * 7919) % 200}`)
  for (const count of [1, 2, 20, 21, 200]) {
    const given = names.slice(0, count)
    const fields = [...given].sort().map((name) => `"${name}":"${name}"`)
    expect(sortedJson(Object.fromEntries(given.map((name) => [name, name])))).toBe(`{${fields.join(",")}}`)
  }
})
