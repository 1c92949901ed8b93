/** What Prometheus reads at /metrics. Every label has few values: nothing a caller can choose makes the page grow without end. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import type { Projecting } from "../../readstore/projecting"

/** Operation names told apart; clients name their operations, so there must be an end. */
const OPERATION_NAMES = 200

export type OperationKind = "query" | "mutation" | "subscription" | "none"
export type Transport = "websocket" | "sse"

export interface Metrics {
  operation(name: string | undefined, kind: OperationKind, code: string, seconds: number): void
  /** By which executor an operation was answered. */
  executed(by: "compiled" | "interpreted"): void
  live(transport: Transport, change: 1 | -1): void
  refused(code: string): void
  appended(events: number): void
  /** An append came second: another node was quicker, and it is decided again. */
  raced(): void
  /** One attempt to deliver to a webhook, by what became of it. */
  webhookAttempt(outcome: string): void
  /** Messages to webhooks that have not arrived, by what they wait for; asked for with every page. */
  watchWebhooks(backlog: () => Promise<Readonly<Record<string, number>>>): void
  /** One attempt to publish a checkpoint, by what became of it. */
  checkpointAttempt(outcome: "published" | "failed" | "conflict"): void
  /** Checkpoints that wait to be published, and organizations whose log is not the one that was signed; asked for with every page. */
  watchCheckpoints(look: () => Promise<CheckpointsSeen>): void
  /** The page as Prometheus reads it. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>
}

export function openMetrics(projecting?: Pick<Projecting, "status">): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const operations = new Histogram({
    name: "seatledger_operation_seconds",
    help: "How long GraphQL operations took, by name, kind and whether they were answered.",
    labelNames: ["operation", "kind", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const errors = new Counter({
    name: "seatledger_errors_total",
    help: "Operations answered with an error, by its code.",
    labelNames: ["code"],
    registers,
  })
  const refusals = new Counter({
    name: "seatledger_refusals_total",
    help: "Commands refused by a business rule, by code.",
    labelNames: ["code"],
    registers,
  })
  const events = new Counter({ name: "seatledger_appended_events_total", help: "Events appended to the log by this process.", registers })
  const appends = new Counter({
    name: "seatledger_appends_total",
    help: "Appends by this process: recorded, or raced when another node was quicker and they were decided again.",
    labelNames: ["outcome"],
    registers,
  })
  const webhookAttempts = new Counter({
    name: "seatledger_webhook_attempts_total",
    help: "Attempts to deliver a message to a webhook, by what became of them.",
    labelNames: ["outcome"],
    registers,
  })
  const checkpointAttempts = new Counter({
    name: "seatledger_checkpoint_attempts_total",
    help: "Attempts to publish a signed checkpoint, by what became of them. A conflict needs a person: another one of the same size is there.",
    labelNames: ["outcome"],
    registers,
  })
  checkpointAttempts.inc({ outcome: "conflict" }, 0) // So that the first one is seen as a rise.
  const executions = new Counter({
    name: "seatledger_executions_total",
    help: "Operations by executor.",
    labelNames: ["executor"],
    registers,
  })
  const connections = new Gauge({
    name: "seatledger_subscriptions",
    help: "Subscriptions running now.",
    labelNames: ["transport"],
    registers,
  })
  if (projecting) projectionGauges(projecting, registers)

  const names = new Set<string>()
  /** Only names of answered operations get a label of their own: refused ones are easily made up by the thousand. */
  function labelOf(name: string | undefined, answered: boolean): string {
    if (name === undefined) return "anonymous"
    if (names.has(name)) return name
    if (!answered || names.size >= OPERATION_NAMES || name.length > 64) return "other"
    names.add(name)
    return name
  }

  return {
    operation(name, kind, code, seconds) {
      const answered = code === "OK"
      operations.observe({ operation: labelOf(name, answered), kind, outcome: answered ? "ok" : "error" }, seconds)
      if (!answered) errors.inc({ code })
    },
    executed: (by) => executions.inc({ executor: by }),
    live: (transport, change) => connections.inc({ transport }, change),
    refused: (code) => refusals.inc({ code }),
    appended(count) {
      events.inc(count)
      appends.inc({ outcome: "recorded" })
    },
    raced: () => appends.inc({ outcome: "raced" }),
    webhookAttempt: (outcome) => webhookAttempts.inc({ outcome: outcome.toLowerCase() }),
    watchWebhooks: (backlog) => webhookGauge(backlog, registers),
    checkpointAttempt: (outcome) => checkpointAttempts.inc({ outcome }),
    watchCheckpoints: (look) => checkpointGauges(look, registers),
    page: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}

function projectionGauges(projecting: Pick<Projecting, "status">, registers: Registry[]): void {
  const labelNames = ["projection"]
  new Gauge({
    name: "seatledger_projection_lag_events",
    help: "Events of the log that a read model has not applied yet.",
    labelNames,
    registers,
    collect() {
      for (const { name, lag } of projecting.status()) this.set({ projection: name }, lag)
    },
  })
  new Gauge({
    name: "seatledger_projection_position",
    help: "Position in the log up to which a read model is shown.",
    labelNames,
    registers,
    collect() {
      for (const { name, position } of projecting.status()) this.set({ projection: name }, position)
    },
  })
  new Gauge({
    name: "seatledger_projection_failed",
    help: "1 when an event stopped a read model; it needs an operator.",
    labelNames,
    registers,
    collect() {
      for (const { name, failure } of projecting.status()) this.set({ projection: name }, failure ? 1 : 0)
    },
  })
}

function webhookGauge(backlog: () => Promise<Readonly<Record<string, number>>>, registers: Registry[]): void {
  new Gauge({
    name: "seatledger_webhook_backlog_messages",
    help: "Messages to webhooks that have not arrived: waiting, retrying, held for a disabled webhook, or dead.",
    labelNames: ["state"],
    registers,
    async collect() {
      for (const [state, messages] of Object.entries((await known(backlog)) ?? {})) this.set({ state }, messages)
    },
  })
}

interface CheckpointsSeen {
  readonly waiting: number
  readonly rewritten: number
}

/** A database that does not answer leaves the last number, and all other metrics are told. */
function known<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return ask().catch(() => undefined)
}

function checkpointGauges(look: () => Promise<CheckpointsSeen>, registers: Registry[]): void {
  new Gauge({
    name: "seatledger_checkpoints_waiting",
    help: "Signed checkpoints that have not reached those who keep them.",
    registers,
    async collect() {
      const seen = await known(look)
      if (seen) this.set(seen.waiting)
    },
  })
  new Gauge({
    name: "seatledger_logs_rewritten",
    help: "Organizations whose log is not the one that was signed before. More than 0 needs a person at once.",
    registers,
    async collect() {
      const seen = await known(look)
      if (seen) this.set(seen.rewritten)
    },
  })
}
