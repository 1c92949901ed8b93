/** A process that leads in "work", and says so. Its arguments: the database, and after how many milliseconds of silence it is taken for hanging. */
import { untilLost } from "../../src/leading"
import { Leadership } from "../../src/postgres/advisory-lock"
import { openDatabase } from "../../src/postgres/database"

async function main(url: string, hangsAfterMs: number): Promise<void> {
  const leadership = new Leadership(await openDatabase({ url }), hangsAfterMs)
  leadership.standFor("work", async (lost) => {
    process.stdout.write("leads\n")
    await untilLost(lost)
    process.stdout.write("lost\n")
  })
}

void main(process.argv[2] ?? "", Number(process.argv[3]))
