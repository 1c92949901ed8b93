import { join } from "node:path"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { DataFolderInUse, takeWriterLock } from "../../src/eventstore/writer-lock"
import { runChild } from "../support/child"
import { collectGarbage } from "../support/memory"
import { temporaryFolder } from "../support/temporary-folder"
import { allOf, newEvents } from "./contract"

const CHILD = join(__dirname, "lock-child.ts")

describe("the lock of a data folder's writer", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => folder.remove())
  const said = async (child: ReturnType<typeof runChild>) => (await child.lines.next()).value

  test("a second writer in another process is refused with folder, process and what to do", async () => {
    const holder = runChild(CHILD, [folder.path])
    expect(await said(holder)).toBe("taken")
    const second = runChild(CHILD, [folder.path])
    expect(await said(second)).toBe(
      `DataFolderInUse: the data folder ${folder.path} is in use: process ${holder.pid} writes to it, and only one may. ` +
        "Stop that process, or name another folder with SEATLEDGER_DATA or --data.",
    )
    expect(await second.ended).toMatchObject({ code: 0 })
    expect(() => takeWriterLock(folder.path)).toThrow(DataFolderInUse)
    // The refused ones have not taken it away from the holder by leaving.
    expect(await said(runChild(CHILD, [folder.path]))).toContain(`process ${holder.pid}`)
    await holder.kill()
  })

  test("after kill -9 of the holder it is free at once, time and again", async () => {
    for (let round = 0; round < 5; round++) {
      const holder = runChild(CHILD, [folder.path])
      expect(await said(holder)).toBe("taken")
      expect(() => takeWriterLock(folder.path)).toThrow(`process ${holder.pid}`)
      await holder.kill()
      takeWriterLock(folder.path).release()
    }
  })

  test("released, it goes to the next one", async () => {
    const holder = runChild(CHILD, [folder.path])
    expect(await said(holder)).toBe("taken")
    holder.send("let go")
    expect(await said(holder)).toBe("released")
    takeWriterLock(folder.path).release()
    expect(await holder.ended).toMatchObject({ code: 0 })
  })

  test("of many who come at once exactly one gets it", async () => {
    const children = Array.from({ length: 6 }, () => runChild(CHILD, [folder.path]))
    const answers = await Promise.all(children.map(said))
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(1)
    expect(answers.filter((answer) => answer.startsWith("DataFolderInUse"))).toHaveLength(5)
    await Promise.all(children.map((child) => child.kill()))
  })

  test("in one process too, also when nobody refers to the lock that was taken", async () => {
    takeWriterLock(folder.path)
    for (let n = 0; n < 3; n++) {
      collectGarbage()
      await new Promise((resolve) => setImmediate(resolve)) // Finalizers run between turns.
    }
    expect(() => takeWriterLock(folder.path)).toThrow("this process itself writes to it")
  })

  test("readers work beside the holder", async () => {
    const lock = takeWriterLock(folder.path)
    const file = join(folder.path, "events.sqlite")
    const writer = openSqliteEventStore(file)
    await writer.append("organization-a", 0, newEvents(3))
    const reader = openSqliteEventStore(file, { readOnly: true })
    expect(await allOf(reader)).toHaveLength(3)
    await reader.close()
    await writer.close()
    lock.release()
  })
})
