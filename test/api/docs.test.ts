import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse, validate } from "graphql"
import { buildSchema } from "../../src/api/graphql/schema"

const DOCS = join(__dirname, "../../docs")
const queries = readdirSync(DOCS)
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) =>
    [...readFileSync(join(DOCS, file), "utf8").matchAll(/```graphql\n([\s\S]*?)```/g)].map(
      ([, query = ""], n) => [file, n + 1, query] as const,
    ),
  )

test("there are queries in the documents", () => expect(queries.length).toBeGreaterThan(1))

test.each(queries)("docs/%s: query %i is one of this API", async (_file, _n, query) => {
  expect(validate(await buildSchema(), parse(query))).toEqual([])
})
