/** The demonstration company in a running ledger: 1,200 people, 8 licenses, half a year of events. */
import { ORGANIZATION } from "../../src/cli/demo/company"
import { fillDemo } from "../../src/cli/demo/fill"
import { RunningLedger } from "./running-ledger"
import { PATIENCE_MS } from "./until"

const DAY_MS = 86_400_000

export interface Demo {
  readonly ledger: RunningLedger
  readonly organizationId: string
  /** Of its organization: how many events there are. */
  readonly revision: number
}

/** All of it is shown. */
export async function startDemo(): Promise<Demo> {
  let daysBack = 0
  const ledger = await RunningLedger.start({}, { now: () => Date.now() - daysBack * DAY_MS })
  await fillDemo(ledger.opened.commands, {
    onProgress: () => {},
    daysAgo: (days) => {
      daysBack = days
    },
  })
  const stream = `organization-${ORGANIZATION.id}`
  let revision = 0
  for await (const page of ledger.opened.eventStore.read(stream, 0)) revision = page.at(-1)?.revision ?? revision
  expect(await ledger.opened.services.projecting.waitFor(stream, revision, PATIENCE_MS)).toBe("visible")
  return { ledger, organizationId: ORGANIZATION.id, revision }
}
