/** A thread that appends to the file it is given, two events at a time, over five streams. */
import { workerData } from "node:worker_threads"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { newEvents } from "./contract"

async function main() {
  const { file, appends }: { file: string; appends: number } = workerData
  const store = openSqliteEventStore(file)
  for (let n = 0; n < appends; n++) await store.append(`organization-${n % 5}`, Math.floor(n / 5) * 2, newEvents(2))
  await store.close()
}

void main()
