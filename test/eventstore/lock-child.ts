/** Takes the lock of a data folder and keeps it until it is killed or told to let go; says how that went. */
import { takeWriterLock } from "../../src/eventstore/writer-lock"

const [folder = ""] = process.argv.slice(2)
try {
  const lock = takeWriterLock(folder)
  process.stdout.write("taken\n")
  process.stdin.once("data", () => {
    lock.release()
    process.stdout.write("released\n")
    process.stdin.destroy()
  })
} catch (error) {
  process.stdout.write(`${error}\n`)
}
