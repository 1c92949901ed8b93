import {
  type Checkpoint,
  checkpointText,
  NoteProblem,
  newSeed,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  signCheckpoint,
  signerOf,
  signNote,
  verifierKeyOf,
  verifierOf,
} from "../../src/audit/note"

// Keys and signatures of the reference implementation's tests (golang.org/x/mod/sumdb/note).
const PETER_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
const ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

// A checkpoint that the checksum database of the Go project published, with the key it is known by.
const SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
const SUMDB = `go.sum database tree
6476701
mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=
`

const peter = verifierOf(PETER)
const enoch = verifierOf(ENOCH)
const problem = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    if (error instanceof NoteProblem) return error.message
    throw error
  }
  throw new Error("it was taken")
}

describe("verifier keys", () => {
  test("a key is read and written the same", () => {
    expect(peter.name).toBe("PeterNeumann")
    expect(peter.keyId).toBe(0xc74f20a3)
    expect(verifierKeyOf("PeterNeumann", Buffer.from(PETER.split("+")[2] as string, "base64").subarray(1))).toBe(PETER)
  })

  test("no part of a key, and no key with one character changed, is taken", () => {
    const taken: string[] = []
    const attempt = (key: string) => {
      try {
        verifierOf(key)
        taken.push(key)
      } catch (error) {
        if (!(error instanceof NoteProblem)) throw error
      }
    }
    for (let from = 0; from <= PETER.length; from++)
      for (let to = from + 1; to <= PETER.length; to++) if (from > 0 || to < PETER.length) attempt(PETER.slice(from, to))
    for (let at = 0; at < PETER.length; at++)
      attempt(PETER.slice(0, at) + String.fromCharCode(PETER.charCodeAt(at) + 1) + PETER.slice(at + 1))
    expect(taken).toEqual([])
  })

  test("a key of another length or another algorithm is refused, also with the right id", () => {
    expect(problem(() => verifierOf("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="))).toContain(
      "a verifier key reads",
    )
    expect(problem(() => verifierOf("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))).toContain("not one for Ed25519")
  })

  test.each(["", "two words", "no\u00a0break", "next\u0085line", "a+b", "tab\tbed"])("%j is no key name", (name) => {
    expect(problem(() => signerOf(name, newSeed()))).toContain("is no key name")
  })
})

describe("notes", () => {
  const signer = signerOf("PeterNeumann", Buffer.from(PETER_PRIVATE.split("+").slice(4).join("+"), "base64").subarray(1))

  test("the published private key signs the published text with the published signature", () => {
    expect(signer.verifierKey).toBe(PETER)
    expect(signNote(TEXT, [signer])).toBe(`${TEXT}\n${PETER_LINE}`)
  })

  test("one known signature is enough; that of an unknown key is passed over", () => {
    expect(openNote(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`, [peter])).toEqual({ text: TEXT, signedBy: [peter] })
    expect(openNote(Buffer.from(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`), [enoch, peter])).toEqual({ text: TEXT, signedBy: [peter, enoch] })
    expect(openNote(`${TEXT}\n${PETER_LINE}${PETER_LINE}`, [peter]).signedBy).toEqual([peter])
  })

  test("a note that nobody signed whose key is known is refused", () => {
    expect(problem(() => openNote(`${TEXT}\n${ENOCH_LINE}`, [peter]))).toContain("nobody whose key is known")
    expect(problem(() => openNote(`${TEXT}\n${PETER_LINE}`, []))).toContain("nobody whose key is known")
  })

  test("a wrong signature of a known key refuses the whole note, whatever else is right", () => {
    const bent = `${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`
    expect(problem(() => openNote(`${TEXT}\n${ENOCH_LINE}${bent}`, [peter, enoch]))).toContain(
      "PeterNeumann+c74f20a3 is not one of this text",
    )
    expect(problem(() => openNote(`${TEXT.replace("answer", "Answer")}\n${PETER_LINE}`, [peter]))).toContain("is not one of this text")
  })

  test.each([
    ["a text alone", TEXT],
    ["no signature", `${TEXT}\n`],
    ["a last line without its end", `${TEXT}\n${PETER_LINE.slice(0, -1)}`],
    ["a control character", `\u0001${TEXT}\n${PETER_LINE}`],
    ["carriage returns", `${TEXT}\n${PETER_LINE}`.replaceAll("\n", "\r\n")],
    ["a name with a space", `${TEXT}\n${PETER_LINE.replace("PeterNeumann", "Bad Name")}`],
    ["a name with a plus sign", `${TEXT}\n${PETER_LINE.replace("PeterNeumann", "Bad+Name")}`],
    ["a line after the signatures", `${TEXT}\n${PETER_LINE}Unexpected line.\n`],
    ["a hyphen for the dash", `${TEXT}\n${PETER_LINE.replace("—", "-")}`],
    ["base64 without its padding", `${TEXT}\n${PETER_LINE.replace("=", "")}`],
    ["too many signatures", `${TEXT}\n${PETER_LINE.repeat(101)}`],
  ])("%s is no note", (_, note) => {
    expect(problem(() => openNote(note, [peter]))).toContain("this is no signed note")
  })

  test("bytes that are no UTF-8 are no note", () => {
    expect(problem(() => openNote(Buffer.concat([Buffer.of(0xff), Buffer.from(`${TEXT}\n${PETER_LINE}`)]), [peter]))).toContain("not UTF-8")
  })

  test("a text may have empty lines: the last one ends it", () => {
    const text = "Ognuno sta solo\n\ned è subito sera.\n"
    expect(openNote(signNote(text, [signer]), [peter]).text).toBe(text)
    expect(problem(() => signNote("no line break", [signer]))).toContain("ends with a line break")
  })
})

describe("checkpoints", () => {
  test("a checkpoint published by another log opens with its key, and with no other", () => {
    const checkpoint = openCheckpoint(SUMDB, [verifierOf(SUMDB_KEY)])
    expect({ ...checkpoint, root: checkpoint.root.toString("base64") }).toEqual({
      origin: "go.sum database tree",
      size: 6476701,
      root: "mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=",
    })
    expect(problem(() => openCheckpoint(SUMDB.replace("6476701", "6476702"), [verifierOf(SUMDB_KEY)]))).toContain("not one of this text")
    expect(problem(() => openCheckpoint(SUMDB, [peter]))).toContain("nobody whose key is known")
  })

  test("what is signed here is laid out as in C2SP tlog-checkpoint, and opens again", () => {
    const checkpoint: Checkpoint = {
      origin: "example.com/behind-the-sofa",
      size: 20852163,
      root: Buffer.from("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "base64"),
    }
    expect(checkpointText(checkpoint)).toBe("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
    const signer = signerOf(checkpoint.origin, newSeed())
    const note = signCheckpoint(checkpoint, signer)
    expect(note.split("\n")).toHaveLength(6)
    expect(note.split("\n")[4]).toMatch(/^— example\.com\/behind-the-sofa [A-Za-z0-9+/]{90}[A-Za-z0-9+/=]{2}$/)
    expect(openCheckpoint(note, [verifierOf(signer.verifierKey)])).toEqual(checkpoint)
  })

  test("extension lines are passed over", () => {
    expect(parseCheckpoint(`log\n0\n${Buffer.alloc(32).toString("base64")}\nTimestamp: 1\n`)).toMatchObject({ origin: "log", size: 0 })
  })

  const root = Buffer.alloc(32).toString("base64")
  test.each([
    ["no origin", `\n1\n${root}\n`],
    ["leading zeros", `log\n01\n${root}\n`],
    ["a size below zero", `log\n-1\n${root}\n`],
    ["a size that is no number", `log\n1e3\n${root}\n`],
    ["a size that a double cannot hold", `log\n9007199254740993\n${root}\n`],
    ["a short root", `log\n1\n${Buffer.alloc(31).toString("base64")}\n`],
    ["no end of the last line", `log\n1\n${root}`],
    ["an empty extension line", `log\n1\n${root}\n\nmore\n`],
    ["two lines", "log\n1\n"],
  ])("%s is no checkpoint", (_, text) => {
    expect(problem(() => parseCheckpoint(text))).toContain("a checkpoint has the lines")
  })
})
