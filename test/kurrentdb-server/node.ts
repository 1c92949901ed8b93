/**
 * A node that speaks KurrentDB's protocol as its server does, with the definitions that the client ships. It keeps its
 * events in memory, and fails as it is told.
 */

import { randomUUID } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import type { ServerDuplexStream, ServerReadableStream } from "@grpc/grpc-js"
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js"
import { GossipService } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb"
import { ClusterInfo, EndPoint, MemberInfo } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb"
import { ServerFeaturesService } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb"
import { SupportedMethod, SupportedMethods } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb"
import { type Empty, UUID } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb"
import { StreamsService } from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb"
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from "@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb"
import { Gate } from "../support/gate"
import { type AroundWrites, answerAppend, answerBatchAppends, type Limits } from "./appending"
import type { Certificates } from "./certificates"
import { accessDenied, type CallError, type Fault, Faults, noLeader, notLeader, unauthenticated } from "./faults"
import { Log, type Outcome } from "./log"
import { answerRead, type ReadCall } from "./reading"

export interface NodeOptions {
  readonly log?: Log
  readonly certificates?: Certificates
  /** Names and passwords; without them, everybody may do everything. */
  readonly users?: Readonly<Record<string, string>>
  readonly limits?: Partial<Limits>
  /** False: as servers before 21.10, which know no `BatchAppend`. */
  readonly batchAppend?: boolean
}

/** The server's own default is 1 MiB for an append; ours is what docs/operations.md asks for. */
const LIMITS: Limits = { append: 16 * 1024 * 1024, event: 16 * 1024 * 1024 }
const VERSION = "25.1.0"
/** A timer takes no less than one. */
const LOOK_AT_ONCE_MS = 10

/** The nodes of a cluster: the first that is started leads until another is made the leader. */
export class Cluster {
  readonly nodes: TestNode[] = []
  leader: TestNode | undefined
}

export type Calls = Record<"append" | "batchAppend" | "read" | "subscribe" | "gossip" | "features", number>

export class TestNode {
  readonly faults = new Faults()
  readonly log: Log
  /** How often each was called. */
  readonly calls: Calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, gossip: 0, features: 0 }
  /** Where in the log each subscription to everything began: so many events before it. */
  readonly subscribedFrom: number[] = []
  /** How often a subscription to everything was told how far it had been looked through for it. */
  checkpoints = 0
  /** Every answer waits so long. */
  delayMs = 0
  /** Looking at one event of everything, whoever wrote it, takes so long. */
  lookMs = 0
  readonly host: string
  readonly #id = randomUUID()
  readonly #server = new Server({ "grpc.max_receive_message_length": 32 * 1024 * 1024 })
  #gate: Gate | undefined

  constructor(
    private readonly options: NodeOptions,
    private readonly cluster: Cluster,
  ) {
    this.log = options.log ?? new Log()
    this.host = options.certificates ? "localhost" : "127.0.0.1"
  }

  get gate(): Gate {
    if (this.#gate === undefined) throw new Error("the node was not started")
    return this.#gate
  }

  get port(): number {
    return this.gate.port
  }

  /** host:port */
  get address(): string {
    return `${this.host}:${this.port}`
  }

  /** For a client without credentials, or with those given. */
  url(user?: string, password?: string): string {
    const who = user === undefined ? "" : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? "")}@`
    const { certificates } = this.options
    return `kurrentdb://${who}${this.address}?${certificates ? `tlsCAFile=${encodeURIComponent(certificates.authorityFile)}` : "tls=false"}`
  }

  async start(): Promise<this> {
    this.#serve()
    const { certificates } = this.options
    const credentials = certificates
      ? ServerCredentials.createSsl(null, [{ cert_chain: certificates.certificate, private_key: certificates.key }])
      : ServerCredentials.createInsecure()
    const inner = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error ? reject(error) : resolve(port)))
    })
    this.#gate = new Gate(inner)
    await this.#gate.open()
    return this
  }

  /** Wins the election. */
  lead(): void {
    this.cluster.leader = this
  }

  async stop(): Promise<void> {
    await this.gate.refuse()
    this.#server.forceShutdown()
  }

  #serve(): void {
    const server = this.#server
    server.addService(StreamsService, {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => {
        this.calls.append += 1
        const refused = this.#refused(call.metadata.get("authorization"), false, [])
        if (refused) return answer(refused)
        answerAppend(call, answer, this.#writes(call.metadata.get("requires-leader"))).catch(() => {}) // The client has gone.
      },
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
        this.calls.batchAppend += 1
        const fail = (error: CallError) => void call.emit("error", error)
        const refused = this.#refused(call.metadata.get("authorization"), false, [])
        if (refused) return fail(refused)
        answerBatchAppends(call, this.#writes(call.metadata.get("requires-leader")), fail)
      },
      read: (call: ReadCall) => void this.#read(call),
    })
    server.addService(GossipService, {
      read: (_: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) => {
        this.calls.gossip += 1
        this.#answerSimply("gossip", answer, () => this.#members())
      },
    })
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) => {
        this.calls.features += 1
        this.#answerSimply("features", answer, () => this.#features())
      },
    })
  }

  async #read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions()
    const kind = options?.hasSubscription() ? "subscribe" : "read"
    this.calls[kind] += 1
    const fail = (error: CallError) => void call.emit("error", error)
    const refused = this.#refused(call.metadata.get("authorization"), options?.hasAll() ?? false, call.metadata.get("requires-leader"))
    if (refused) return fail(refused)
    const fault = this.faults.take(kind)
    if (fault?.when === "before") {
      if (fault.kind === "cut") this.gate.cut()
      if (fault.kind === "error") fail(fault.error)
      return
    }
    const beforeSending = async () => {
      if (this.delayMs > 0) await pause(this.delayMs)
    }
    let owed = 0
    const looking = async (events: number) => {
      for (owed += events * this.lookMs; owed >= LOOK_AT_ONCE_MS && !call.cancelled; owed -= LOOK_AT_ONCE_MS) await pause(LOOK_AT_ONCE_MS)
    }
    const subscribed = (from: number) => void this.subscribedFrom.push(from)
    const checkpointed = () => {
      this.checkpoints += 1
    }
    await answerRead(call, { log: this.log, beforeSending, looking, subscribed, checkpointed, cut: () => this.gate.cut(), fail }, fault)
  }

  #writes(requiresLeader: readonly unknown[]): AroundWrites {
    return {
      log: this.log,
      limits: { ...LIMITS, ...this.options.limits },
      // Without the demand for the leader, a follower passes the write on to it.
      around: (write) => this.#aroundWrite(requiresLeader, write),
    }
  }

  async #aroundWrite(requiresLeader: readonly unknown[], write: () => Outcome): Promise<Outcome | CallError | "never"> {
    const elsewhere = this.#elsewhere(requiresLeader)
    if (elsewhere) return elsewhere
    const fault = this.faults.take("append")
    const struck = fault?.when === "before" ? this.#strike(fault) : undefined
    if (struck) return struck
    const outcome = write()
    if (this.delayMs > 0) await pause(this.delayMs)
    return (fault?.when === "after" ? this.#strike(fault) : undefined) ?? outcome
  }

  #strike(fault: Fault): CallError | "never" {
    if (fault.kind === "error") return fault.error
    if (fault.kind === "cut") this.gate.cut()
    return "never"
  }

  #answerSimply<T>(call: "gossip" | "features", answer: sendUnaryData<T>, value: () => T): void {
    const fault = this.faults.take(call)
    if (fault?.kind === "error") answer(fault.error)
    else if (fault?.kind === "cut") this.gate.cut()
    else if (fault === undefined) setTimeout(() => answer(null, value()), this.delayMs)
  }

  /** Who may not: where there are users, everybody has to be one. */
  #refused(authorization: readonly unknown[], everything: boolean, requiresLeader: readonly unknown[]): CallError | undefined {
    const { users } = this.options
    if (users) {
      const [given] = authorization
      if (given === undefined) return everything ? accessDenied() : unauthenticated()
      const [, user = "", password] = /^([^:]*):(.*)$/s.exec(Buffer.from(String(given).replace(/^Basic /, ""), "base64").toString()) ?? []
      if (password === undefined || users[user] !== password) return unauthenticated()
    }
    return this.#elsewhere(requiresLeader)
  }

  #elsewhere(requiresLeader: readonly unknown[]): CallError | undefined {
    const { leader } = this.cluster
    if (leader === this || requiresLeader[0] !== "true") return undefined
    return leader ? notLeader(leader.host, leader.port) : noLeader()
  }

  #members(): ClusterInfo {
    const members = this.cluster.nodes.map((node) =>
      new MemberInfo()
        .setInstanceId(new UUID().setString(node.#id))
        .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
        .setState(this.cluster.leader === node ? MemberInfo.VNodeState.LEADER : MemberInfo.VNodeState.FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new EndPoint().setAddress(node.host).setPort(node.port)),
    )
    return new ClusterInfo().setMembersList(members)
  }

  #features(): SupportedMethods {
    const methods = Object.keys(StreamsService)
      .filter((name) => name !== "batchAppend" || this.options.batchAppend !== false)
      .map((name) => new SupportedMethod().setServiceName("event_store.client.streams.streams").setMethodName(name.toLowerCase()))
    return new SupportedMethods().setEventStoreServerVersion(VERSION).setMethodsList(methods)
  }
}

/** A node alone. */
export async function startNode(options: NodeOptions = {}): Promise<TestNode> {
  const [node] = await startCluster(1, options)
  return node as TestNode // One was asked for.
}

/** Nodes with one log; the first leads. */
export async function startCluster(size: number, options: NodeOptions = {}): Promise<TestNode[]> {
  const cluster = new Cluster()
  const log = options.log ?? new Log()
  for (let n = 0; n < size; n++) cluster.nodes.push(await new TestNode({ ...options, log }, cluster).start())
  cluster.leader = cluster.nodes[0]
  return cluster.nodes
}
