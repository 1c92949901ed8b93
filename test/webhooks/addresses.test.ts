import { addressProblem, checkedAddress, isPublic } from "../../src/webhooks/addresses"
import { delayAfter } from "../../src/webhooks/schedule"
import { openSender } from "../../src/webhooks/send"
import { Receiver } from "./receiver"
import { Sending } from "./sending"

test.each([
  "127.0.0.1",
  "127.9.9.9",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254", // metadata of most clouds
  "100.100.100.200", // metadata of Alibaba, in a carrier's network
  "168.63.129.16", // metadata of Azure
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "198.18.0.1",
  "192.0.2.1",
  "240.0.0.1",
  "::",
  "::1",
  "fe80::1",
  "fc00::1",
  "fd00:ec2::254", // metadata of AWS
  "fec0::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:a9fe:a9fe",
  "64:ff9b::7f00:1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b:1::a9fe:a9fe",
  "::7f00:1", // ::127.0.0.1, the IPv4-compatible addresses of old
  "::a00:1",
  "fe00::1",
  "4000::1", // given out to nobody
  "100:0:0:1::1",
  "64:ff9b:0:0:1::808:808",
  "2002:7f00:1::", // 6to4 of 127.0.0.1
  "2001:0:1::1", // Teredo
  "2001:db8::1",
  "not an address",
])("%s is not public", (address) => {
  expect(isPublic(address)).toBe(false)
})

test.each(["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
  "%s is public",
  (address) => {
    expect(isPublic(address)).toBe(true)
  },
)

test.each([
  "http://example.com/hook",
  "https://localhost/hook",
  "https://LOCALHOST./hook",
  "https://db.localhost/hook",
  "https://127.0.0.1/hook",
  "https://2130706433/hook",
  "https://0x7f.1/hook",
  "https://0177.0.0.1/hook",
  "https://[::1]/hook",
  "https://[::ffff:127.0.0.1]/hook",
  "https://[::127.0.0.1]/hook",
  "https://0/hook",
  "https://[::]/hook",
  "https://169.254.169.254/latest/meta-data",
])("%s is refused as it stands", (url) => {
  expect(addressProblem(new URL(url), false)).toMatch(/^must /)
  expect(addressProblem(new URL(url), true)).toBeUndefined()
})

const names = async (host: string): Promise<readonly string[]> =>
  ({
    "public.example": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "private.example": ["10.0.0.1"],
    "mixed.example": ["93.184.215.14", "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "local.example": ["fd12::1"],
  })[host] ?? []

test.each(["private.example", "mixed.example", "metadata.example", "local.example"])(
  "a name that leads inside is refused: %s",
  async (host) => {
    await expect(checkedAddress(new URL(`https://${host}/`), false, names)).rejects.toThrow("private network")
    await expect(checkedAddress(new URL(`https://${host}./`), false, names)).rejects.toThrow("private network")
  },
)

test("a public name is pinned to the address that was checked", async () => {
  expect(await checkedAddress(new URL("https://public.example/"), false, names)).toBe("93.184.215.14")
})

describe("requests", () => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await Receiver.start()
  })
  afterEach(() => receiver.down())

  test("the connection goes where the name led when it was checked, and the name is looked up once", async () => {
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return asked.length === 1 ? ["127.0.0.1"] : ["127.0.0.2"]
    }
    const sender = openSender({ privateNetworks: true, resolve, now: Date.now })
    expect(await sender.send(`http://receiver.example:${receiver.port}/hook`, {}, "{}")).toMatchObject({ status: 204 })
    expect(asked).toEqual(["receiver.example"])
    expect(receiver.received[0]?.headers.host).toBe(`receiver.example:${receiver.port}`)
    sender.close()
  })

  test.each([
    ["an address of this machine", () => `https://127.0.0.1:${receiver.port}/hook`],
    ["plain http", () => `http://public.example:${receiver.port}/hook`],
    ["a name that answers with this machine", () => `https://rebound.example:${receiver.port}/hook`],
  ])("no request is made to %s", async (_, url) => {
    const sender = openSender({ privateNetworks: false, resolve: async () => ["127.0.0.1"], now: Date.now })
    expect(await sender.send(url(), {}, "{}")).toMatchObject({ problem: "ADDRESS_REFUSED" })
    expect(receiver.received).toEqual([])
    sender.close()
  })

  test("a name that turned private after the webhook was added: the attempt fails, nothing is sent, and it is tried again", async () => {
    let address = "93.184.215.14"
    const sending = await Sending.start({ privateNetworks: false, resolve: async () => [address] })
    const { id } = await sending.add(`https://rebinding.example:${receiver.port}/hook`)
    address = "127.0.0.1"
    await sending.happen(1)
    await sending.until(id, ({ failures }) => failures === 1)
    expect((await sending.webhooks.attempts({ webhookId: id, limit: 1 }))[0]).toMatchObject({
      problem: "ADDRESS_REFUSED",
      status: null,
      outcome: "FAILED",
    })
    expect(await sending.webhooks.sendTest(id)).toMatchObject({ problem: "ADDRESS_REFUSED" })
    expect(receiver.received).toEqual([])
    await sending.stop()
  })

  test("a name that never answers is a time-out, one without address an unknown host, a plain server no TLS", async () => {
    const forever = openSender({ privateNetworks: true, resolve: () => new Promise(() => {}), timeoutMs: 50, now: Date.now })
    expect(await forever.send("https://hanging.example/", {}, "{}")).toMatchObject({ problem: "TIMEOUT" })
    const nowhere = openSender({
      privateNetworks: true,
      resolve: async () => Promise.reject(Object.assign(new Error(), { code: "ENOTFOUND" })),
      now: Date.now,
    })
    expect(await nowhere.send("https://nowhere.example/", {}, "{}")).toMatchObject({ problem: "UNKNOWN_HOST" })
    const sender = openSender({ privateNetworks: true, now: Date.now })
    expect(await sender.send(receiver.url.replace("http:", "https:"), {}, "{}")).toMatchObject({ problem: "TLS" })
    for (const each of [forever, nowhere, sender]) each.close()
  })

  test("a kept connection that the receiver closed meanwhile is no failure", async () => {
    const sender = openSender({ privateNetworks: true, now: Date.now })
    for (let n = 0; n < 3; n++) {
      expect(await sender.send(receiver.url, {}, "{}")).toMatchObject({ status: 204 })
      await receiver.down()
      await receiver.up()
    }
    expect(receiver.received).toHaveLength(3)
    sender.close()
  })
})

test("jitter makes a wait up to a fifth longer, never shorter", () => {
  expect(delayAfter(1, { replayed: false, random: 0 })).toBe(5_000)
  expect(delayAfter(1, { replayed: false, random: 1 })).toBe(6_000)
  expect(delayAfter(10, { replayed: false, random: 0 })).toBeUndefined()
  expect(delayAfter(3, { replayed: true, random: 0 })).toBeUndefined()
})
