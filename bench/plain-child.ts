/** Started by server.ts with a JSON text: what Fastify alone can do with an answer that is in memory. */
import fastify from "fastify"

async function main(json: string): Promise<void> {
  const answer: unknown = JSON.parse(json)
  const app = fastify()
  app.get("/", (_request, reply) => reply.send(answer))
  process.once("disconnect", () => process.exit(1)) // the benchmark is gone
  process.send?.(await app.listen({ port: 0, host: "127.0.0.1" }))
}

void main(process.argv[2] ?? "")
