/** An export that anybody may have held: what was done to it is named, and the verifier in Python says the same. */
import { execFile } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import fc from "fast-check"
import { openCheckpoint, signerOf, verifierOf } from "../../src/audit/note"
import { type Verdict, verdictLines, verifyExport } from "../../src/audit/verify-export"
import { temporaryFolder } from "../support/temporary-folder"
import { checkpointOf, eventsWith, historyExport, type Made, rowsExport, SIGNER } from "./export-files"
import { anyMutation, anyPart, fileOf, linesOf, mutated, numbersIn, OTHERWISE, revisionOf, rewritten } from "./mutations"

const KEY = verifierOf(SIGNER.verifierKey)
const PYTHON = join(__dirname, "../../docs/verify_export.py")

async function* inChunks(file: Buffer, size: number) {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size)
}
const verified = (file: Buffer, size = 4096) => verifyExport(inChunks(file, size), KEY)
const problemOf = (verdict: Verdict) => (verdict.verified ? "verified" : verdict.problem)

const made = (events: number): Made => eventsWith(Array.from({ length: events }, (_, index) => `text ${index}`))
/** Files that others are made from, each made once. */
const whole = made(600)

describe("a file as it was written", () => {
  test.each([0, 1, 2, 255, 256, 257, 600])("%d events are proved, whole and chosen, whatever pieces the file comes in", async (count) => {
    const events = made(count)
    const all = await historyExport(events)
    const chosen = await historyExport(events, { licenseId: "lic_1" })
    for (const size of [17, 4096, 10_000_000]) {
      expect(await verified(all, size)).toMatchObject({ verified: true, lines: count, signedBy: expect.stringContaining(SIGNER.name) })
      expect(await verified(chosen, size)).toMatchObject({ verified: true, lines: Math.floor((count + 1) / 3) })
    }
  })

  test.each([
    [1, 256],
    [257, 512],
    [200, 300],
    [256, 257],
    [599, 600],
    [10, 9],
  ])("the stretch from revision %d to %d is proved by itself", async (first, last) => {
    expect(await verified(await historyExport(whole, { first, last }))).toMatchObject({ verified: true, lines: last - first + 1 })
  })

  test("an export as of an earlier revision is proved by the tree of that size", async () => {
    const verdict = await verified(await historyExport(whole, { revision: 300 }))
    expect(verdictLines(verdict)[0]).toBe(
      "VERIFIED: 300 events of org_demo, revisions 1 to 300: all of them, none changed, removed, inserted or reordered",
    )
  })

  test("text of every script survives: the bytes of the event are what was hashed", async () => {
    const events = eventsWith([
      "Zoë \u2028 \u{1f600}",
      '],"event":{',
      ',"signature":"',
      "\\n\n\t",
      '"},"revision":2,"stream":"x","type":"y"}',
    ])
    expect(await verified(await historyExport(events))).toMatchObject({ verified: true, lines: 5 })
    expect(await verified(await historyExport(events, { licenseId: "lic_1" }))).toMatchObject({ verified: true, lines: 2 })
  })

  test("rows are as the server wrote them", async () => {
    expect(await verified(await rowsExport([{ a: 1 }, { a: "ö" }]))).toMatchObject({ verified: true, lines: 2 })
    expect(await verified(await rowsExport([]))).toMatchObject({ verified: true, lines: 0 })
  })
})

describe("what was done to a file is named", () => {
  let lines: string[]
  const at = (revision: number) => lines.findIndex((line) => revisionOf(line) === revision)
  const afterwards = async (change: (lines: string[]) => void) => {
    const changed = [...lines]
    change(changed)
    return verified(fileOf(changed))
  }
  beforeAll(async () => {
    lines = linesOf(await historyExport(whole))
  })

  test("a changed event", async () => {
    const verdict = await afterwards((changed) => {
      changed[at(17)] = (changed[at(17)] as string).replace("text 16", "text 61")
    })
    expect(verdict).toEqual({ verified: false, revision: 17, line: at(17) + 1, problem: "revision 17 was changed" })
  })
  test("a changed event whose hash was changed along with it", async () => {
    const other = linesOf(await historyExport(eventsWith(whole.events.map((_, index) => (index === 16 ? "other" : `text ${index}`)))))
    const verdict = await afterwards((changed) => {
      changed[1] = other[1] as string
      changed[at(17)] = other[at(17)] as string
    })
    expect(problemOf(verdict)).toBe("the list of hashes of revisions 1 to 256 was changed: it is not what was signed")
  })
  test("a removed event", async () => {
    expect(problemOf(await afterwards((changed) => changed.splice(at(18), 1)))).toBe("revision 18 is missing")
  })
  test("several removed events", async () => {
    expect(problemOf(await afterwards((changed) => changed.splice(at(18), 3)))).toBe("revisions 18 to 20 are missing")
    expect(problemOf(await afterwards((changed) => changed.splice(at(255), 2)))).toBe("revisions 255 to 256 are missing")
  })
  test("a removed block", async () => {
    expect(problemOf(await afterwards((changed) => changed.splice(at(257) - 1, 257)))).toBe("revisions 257 to 512 are missing")
  })
  test("swapped events, next to each other and far apart", async () => {
    const swap = (a: number, b: number) => (changed: string[]) => {
      const line = changed[at(a)] as string
      changed[at(a)] = changed[at(b)] as string
      changed[at(b)] = line
    }
    expect(problemOf(await afterwards(swap(17, 18)))).toBe("revisions 17 and 18 are swapped")
    expect(problemOf(await afterwards(swap(17, 200)))).toBe("revisions 17 and 200 are swapped")
    expect(problemOf(await afterwards(swap(17, 599)))).toBe("revisions 17 and 599 are swapped")
    expect(problemOf(await afterwards(swap(256, 257)))).toBe("revisions 256 and 257 are swapped")
  })
  test("a moved event", async () => {
    const verdict = await afterwards((changed) => {
      const [moved] = changed.splice(at(17), 1)
      changed.splice(changed.length - 1, 0, moved as string)
    })
    expect(problemOf(verdict)).toBe("revision 17 is not in its place")
  })
  test("an event in the place of another", async () => {
    const verdict = await afterwards((changed) => {
      changed[at(17)] = changed[at(400)] as string
    })
    expect(problemOf(verdict)).toBe("revision 17 is missing: in its place stands revision 400")
  })
  test("an inserted event, made up or copied", async () => {
    const forged = (lines[at(17)] as string).replace("text 16", "made up")
    expect(problemOf(await afterwards((changed) => changed.splice(at(17), 0, forged)))).toBe("a line was inserted before revision 17")
    expect(problemOf(await afterwards((changed) => changed.splice(at(17), 0, forged, forged)))).toBe(
      "2 lines were inserted before revision 17",
    )
    expect(problemOf(await afterwards((changed) => changed.splice(at(17), 0, lines[at(9)] as string)))).toBe("revision 9 stands twice")
  })
  test("a file that was cut off: between lines, in a line, before its end", async () => {
    expect(problemOf(await afterwards((changed) => changed.splice(at(400))))).toBe(
      "the file was cut off after revision 399: revisions 400 to 600 are missing",
    )
    expect(problemOf(await verified(fileOf(lines).subarray(0, -2000)))).toMatch(/^the file was cut off after revision 59\d: revision/)
    expect(problemOf(await afterwards((changed) => changed.pop()))).toBe(
      "the file was cut off after revision 600: its last line is missing",
    )
    expect(problemOf(await verified(Buffer.alloc(0)))).toBe("the file is empty")
  })
  test("a cut-off file given an end that was signed for another", async () => {
    const shorter = linesOf(await historyExport(whole, { revision: 300 }))
    const verdict = await afterwards((changed) => changed.splice(at(301), Number.POSITIVE_INFINITY, shorter.at(-1) as string))
    expect(problemOf(verdict)).toBe("revisions 301 to 512 are missing")
  })
  test.each([
    ['"exportedBy":{"id":"act_auditor"', '"exportedBy":{"id":"act_somebody"'],
    ['"revision":600', '"revision":300'],
    ['"filter":{}', '"filter":{"licenseId":"lic_1"}'],
    ["2026-11-21", "2026-11-20"],
  ])("the header: %s", async (from, to) => {
    const verdict = await afterwards((changed) => {
      expect(changed[0]).toContain(from)
      changed[0] = (changed[0] as string).replace(from, to)
    })
    expect(verdict).toMatchObject({ verified: false, line: 1 })
    expect(problemOf(verdict)).toMatch(/header/)
  })
  test("another key", async () => {
    const other = signerOf(SIGNER.name, Buffer.alloc(32, 8))
    expect(problemOf(await verified(await historyExport(whole, { signer: other })))).toMatch(/^the header is not signed by the key /)
  })
  test("a header put together from two that were signed", async () => {
    const earlier = linesOf(await historyExport(whole, { revision: 300 }))
    const verdict = await afterwards((changed) => {
      changed[0] = earlier[0] as string
    })
    expect(verdict).toMatchObject({ verified: false })
  })
  test("rows: changed, removed, cut off", async () => {
    const rows = linesOf(await rowsExport([{ a: 1 }, { a: 2 }, { a: 3 }]))
    const changed = rows.map((line) => line.replace('"a":2', '"a":5'))
    expect(problemOf(await verified(fileOf(changed)))).toBe("the rows, or the last line, were changed: they are not what was signed")
    expect(problemOf(await verified(fileOf(rows.toSpliced(2, 1))))).toBe("3 rows were signed, and 2 are here")
    expect(problemOf(await verified(fileOf(rows.slice(0, -1))))).toBe("the file was cut off after 3 rows")
  })
  test("a CSV file says what to do instead", async () => {
    expect(problemOf(await verified(Buffer.from('seatledger-export/1,"{}",,\r\n')))).toMatch(/--format jsonl/)
  })
})

describe("an earlier checkpoint", () => {
  const earlier = (size: number, of = whole) => openCheckpoint(checkpointOf(of, size), [KEY])
  const compared = async (size: number, of = whole) => verifyExport(inChunks(await historyExport(whole), 4096), KEY, earlier(size, of))

  test.each([0, 1, 255, 256, 257, 600])("of revision %d is one of the same history", async (size) => {
    expect(await compared(size)).toMatchObject({ verified: true, previous: { size } })
  })
  test("of another history is told", async () => {
    const rewritten = eventsWith(whole.events.map((_, index) => (index === 5 ? "as it was first" : `text ${index}`)))
    expect(problemOf(await compared(300, rewritten))).toBe(
      "this is not the history of the earlier checkpoint: its first 300 events were others",
    )
    expect(await compared(5, rewritten)).toMatchObject({ verified: true })
  })
  test("can only be compared with a whole history that reaches it", async () => {
    const part = await historyExport(whole, { first: 200 })
    expect(problemOf(await verifyExport(inChunks(part, 4096), KEY, earlier(300)))).toMatch(/with a whole history only/)
    const short = await historyExport(whole, { revision: 300 })
    expect(problemOf(await verifyExport(inChunks(short, 4096), KEY, earlier(400)))).toMatch(/give the newer one to verify/)
  })
})

/** Of up to three blocks; small histories come as often as large ones. */
const anyHistory = fc.record({
  texts: fc
    .tuple(fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 240, max: 700 })), fc.string({ unit: "grapheme", maxLength: 20 }))
    .map(([events, text]) => Array.from({ length: events }, (_, index) => `${index} ${text}`)),
  from: fc.oneof(
    fc.constant(0),
    anyPart.map((part) => part / 2),
  ),
})

describe("any single change of any history is detected, and the first event that it touches is named", () => {
  test("all events of a stretch", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.array(anyMutation, { minLength: 8, maxLength: 8 }), async ({ texts, from }, mutations) => {
        const file = await historyExport(eventsWith(texts), { first: 1 + Math.floor(from * texts.length) })
        expect(await verified(file)).toMatchObject({ verified: true })
        for (const mutation of mutations) {
          const { file: changed, named, line, words, verdict: exact } = mutated(file, mutation)
          const verdict = await verified(changed)
          if (exact !== undefined) expect({ words, problem: problemOf(verdict) }).toEqual({ words, problem: exact })
          if (verdict.verified) throw new Error(`not detected: ${words}`)
          // Before the first event, only the header is named.
          const expected = verdict.line === 1 ? [undefined] : named
          const told = `${words}: ${JSON.stringify(verdict)}`
          expect({
            told,
            revision: expected.includes(verdict.revision) || (expected.includes(undefined) && verdict.revision === undefined),
          }).toEqual({ told, revision: true })
          expect({ told, line: Math.abs(verdict.line - line) <= 1 || verdict.problem.includes("cut off") }).toEqual({ told, line: true })
        }
      }),
      { numRuns: 40 },
    )
  })

  test("chosen events", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.array(anyMutation, { minLength: 4, maxLength: 4 }), async ({ texts }, mutations) => {
        const file = await historyExport(eventsWith(texts), { licenseId: "lic_0" })
        expect(await verified(file)).toMatchObject({ verified: true })
        for (const mutation of mutations) {
          const { file: changed, words, line, named, verdict: exact } = mutated(file, mutation)
          const verdict = await verified(changed)
          expect({ words, verdict }).toMatchObject({ words, verdict: { verified: false } })
          // The last event has none after it that would miss it: then only the one before can be named.
          const isFollowed = revisionOf(linesOf(file)[line]) !== undefined
          if (exact !== undefined && isFollowed && !verdict.verified)
            expect({ words, verdict, named: named.includes(verdict.revision) }).toMatchObject({ words, named: true })
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe("the verifier in Python", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  beforeAll(async () => {
    folder = await temporaryFolder()
  })
  afterAll(() => folder.remove())

  /** Its verdicts, one per file. */
  async function python(files: readonly Buffer[], key = SIGNER.verifierKey): Promise<string[][]> {
    await mkdir(folder.path, { recursive: true })
    const paths = await Promise.all(
      files.map(async (file, n) => {
        const path = join(folder.path, `${n}.jsonl`)
        await writeFile(path, file)
        return path
      }),
    )
    const args = ["-B", PYTHON, "--key", key, ...paths]
    const { stdout } = await promisify(execFile)("python3", args, { maxBuffer: 1 << 26 }).catch((error) => {
      if (error.code === 1) return error as { stdout: string } // 1: a file is not verified
      throw error
    })
    const answers = files.length === 1 ? [stdout] : stdout.split(/^== .*\n/m).slice(1)
    return answers.map((answer) => answer.trimEnd().split("\n"))
  }

  test("agrees on every file of random histories, changed or not", async () => {
    const files: Buffer[] = []
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.array(anyMutation, { minLength: 12, maxLength: 12 }), async ({ texts, from }, mutations) => {
        const events = eventsWith(texts)
        const all = await historyExport(events, { first: 1 + Math.floor(from * texts.length) })
        const chosen = await historyExport(events, { licenseId: "lic_0" })
        const rows = await rowsExport(texts.slice(0, 5).map((text) => ({ text })))
        files.push(all, chosen, rows)
        mutations.forEach((mutation, n) => {
          files.push(mutated([all, chosen, rows][n % 3] as Buffer, mutation).file)
        })
      }),
      { numRuns: 20 },
    )
    const [ours, theirs] = [await Promise.all(files.map(async (file) => verdictLines(await verified(file)))), await python(files)]
    expect(theirs).toEqual(ours)
    expect(ours.filter(([verdict]) => verdict?.startsWith("VERIFIED")).length).toBeGreaterThanOrEqual(60)
  })

  test("agrees on every number that is no event's, in whatever way it is written otherwise", async () => {
    const events = made(9)
    const files: Buffer[] = []
    for (const file of [await historyExport(events), await historyExport(events, { licenseId: "lic_0" }), await rowsExport([{ a: 1 }])]) {
      const lines = linesOf(file)
      for (const [n, line] of lines.entries()) {
        if (line.startsWith('{"kind":"event","event":')) continue
        for (const number of numbersIn(line)) {
          for (const otherwise of OTHERWISE) files.push(fileOf(lines.with(n, rewritten(line, number, otherwise))))
        }
      }
    }
    const [ours, theirs] = [await Promise.all(files.map(async (file) => verdictLines(await verified(file)))), await python(files)]
    expect(theirs).toEqual(ours)
    for (const [verdict] of ours) expect(verdict).toMatch(/^NOT VERIFIED/)
  })

  test("agrees on a signature that is thousands of lists in one another", async () => {
    const [header = "", ...rest] = linesOf(await historyExport(made(1)))
    const nested = `${header.slice(0, header.lastIndexOf(',"signature":'))},"signature":${"[".repeat(100_000)}${"]".repeat(100_000)}}`
    const file = fileOf([nested, ...rest])
    expect(await python([file])).toEqual([verdictLines(await verified(file))])
  })

  test("agrees on another key, and refuses a key that is none", async () => {
    const file = await historyExport(whole, { signer: signerOf("somebody.example/else", Buffer.alloc(32, 9)) })
    expect(await python([file])).toEqual([verdictLines(await verified(file))])
    await expect(python([file], "example.com/seatledger+00000000+AAAA")).rejects.toMatchObject({ code: 2 })
  })
})
