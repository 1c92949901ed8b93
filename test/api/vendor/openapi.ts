/** `docs/vendor-api.yaml`, and whether a request or an answer is as it says. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020"
import addFormats from "ajv-formats"
import { parse } from "yaml"
import type { Json } from "./vendor-client"

const ROOT = join(__dirname, "../../..")
const DOCUMENT = "vendor-api"

export const api: Json = parse(readFileSync(join(ROOT, "docs/vendor-api.yaml"), "utf8"))

/** What the OpenAPI Initiative publishes for 3.1. */
export function checkStructure(): unknown {
  const published = join(ROOT, "node_modules/@seriousme/openapi-schema-validator/schemas/v3.1/schema.json")
  const ajv = new Ajv2020({ strict: false })
  ajv.addFormat("media-range", true)
  const validate = addFormats(ajv).compile(JSON.parse(readFileSync(published, "utf8")))
  return validate(api) ? undefined : validate.errors
}

/** `POST /vendor/v1/events` and so on, of all that is described. */
export function describedOperations(): string[] {
  return Object.entries(api.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

/** Every schema is compiled with all its references, and unknown keywords are errors. */
export function checkExamples(): { readonly count: number; readonly wrong: readonly unknown[] } {
  const wrong: unknown[] = []
  let count = 0
  visit(api, "#", (node, pointer) => {
    if (typeof node.schema !== "object" || node.schema === null) return
    const validate = schemaAt(`${pointer}/schema`)
    const examples = [...Object.values<Json>(node.examples ?? {}).map(({ value }) => value), ...("example" in node ? [node.example] : [])]
    for (const example of examples) {
      count++
      if (!validate(example)) wrong.push({ pointer, example, errors: validate.errors })
    }
  })
  return { count, wrong }
}

/** What the running server has taken and answered so far, as it is described. */
const shown = new Set<string>()
const takes = (operation: string, mediaType: string) => `${operation} takes ${mediaType}`
const answers = (operation: string, status: string | number, mediaType = "no body") => `${operation} answers ${status} with ${mediaType}`
const answersOne = (operation: string, status: number) => `${operation} answers ${status} for one of many`

/** What is described and was never taken or answered: operations with each media type of their bodies, and with each status, in a batch too. */
export function neverShown(): string[] {
  const described = describedOperations().flatMap((operation) => {
    const { requestBody, responses } = at(pointerOf(operation))
    const answered = Object.keys(responses).flatMap((status) => {
      const { content = { "no body": {} } } = followed(`${pointerOf(operation)}/responses/${status}`).node
      return Object.entries<Json>(content).flatMap(([mediaType, { schema }]) => [
        answers(operation, status, mediaType),
        ...statusesOfEach(schema).map((one) => answersOne(operation, one)),
      ])
    })
    return [...Object.keys(requestBody?.content ?? {}).map((mediaType) => takes(operation, mediaType)), ...answered]
  })
  return described.filter((what) => !shown.has(what))
}

/** The statuses that one of several results may have. */
function statusesOfEach(schema: Json): number[] {
  const { results } = (schema?.$ref === undefined ? schema : at(schema.$ref))?.properties ?? {}
  return (results?.items.oneOf ?? []).map((one: Json) => at(one.$ref).properties.status.const)
}

/** What is wrong with a body that is sent to one of the operations; undefined when it is as described. */
export function requestErrors(operation: string, mediaType: string, body: unknown): unknown {
  const errors = errorsIn(`${pointerOf(operation)}/requestBody/content/${escaped(mediaType)}/schema`, body)
  if (errors === undefined) shown.add(takes(operation, mediaType))
  return errors
}

/** What is wrong with an answer: its status, headers, media type and body. */
export function answerErrors(
  operation: string,
  answer: { readonly status: number; readonly headers: Headers; readonly body: Json },
): unknown {
  const { pointer, node: response } = followed(`${pointerOf(operation)}/responses/${answer.status}`)
  if (response === undefined) return `${operation} answered ${answer.status}, which is not described: ${JSON.stringify(answer.body)}`
  for (const name of Object.keys(response.headers ?? {})) {
    const { pointer: at, node: header } = followed(`${pointer}/headers/${escaped(name)}`)
    const value = answer.headers.get(name)
    if (value === null && header.required) return `the header ${name} is missing`
    if (value !== null && errorsIn(`${at}/schema`, value)) return `the header ${name} is wrong: ${value}`
  }
  const mediaType = answer.headers.get("content-type")?.split(";")[0] ?? ""
  const errors =
    response.content === undefined
      ? answer.body === undefined
        ? undefined
        : "there should be no body"
      : errorsIn(`${pointer}/content/${escaped(mediaType)}/schema`, answer.body)
  if (errors === undefined) {
    shown.add(answers(operation, answer.status, response.content === undefined ? undefined : mediaType))
    for (const { status } of answer.body?.results ?? []) shown.add(answersOne(operation, status))
  }
  return errors
}

/** What is wrong with a message of ours. */
export function webhookErrors(type: string, mediaType: string, body: unknown): unknown {
  return errorsIn(`#/webhooks/${escaped(type)}/post/requestBody/content/${escaped(mediaType)}/schema`, body)
}

function errorsIn(pointer: string, value: unknown): unknown {
  if (at(pointer) === undefined) return `${pointer} is not described`
  const validate = schemaAt(pointer)
  return validate(value) ? undefined : { pointer, value, errors: validate.errors }
}

const ajv = addFormats(new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }))
  // The keywords around schemas: the document as a whole is no schema, and only what is pointed at is used as one.
  .addVocabulary(Object.keys(api))
  .addSchema(closed({ ...api, $id: DOCUMENT }))

function schemaAt(pointer: string): ValidateFunction {
  const validate = ajv.getSchema(`${DOCUMENT}${pointer}`)
  if (!validate) throw new Error(`there is no schema at ${pointer}`)
  return validate
}

/** Vendors are told that answers may get more fields; here what is not described is a mistake. */
function closed(document: Json): Json {
  const copy = structuredClone(document)
  visit(copy, "#", (node, pointer) => {
    const isSchema = pointer.includes("/schemas/") && node.type === "object" && node.properties !== undefined
    if (isSchema && node.additionalProperties === undefined) node.additionalProperties = false
  })
  return copy
}

function pointerOf(operation: string): string {
  const [method = "", path = ""] = operation.split(" ")
  return `#/paths/${escaped(path)}/${method.toLowerCase()}`
}

function at(pointer: string): Json {
  let node = api
  for (const part of pointer.slice(2).split("/")) node = node?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")]
  return node
}

function followed(pointer: string): { readonly pointer: string; readonly node: Json } {
  const node = at(pointer)
  return typeof node?.$ref === "string" ? followed(node.$ref) : { pointer, node }
}

/** RFC 6901, sections 3 and 6. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))
}

function visit(node: Json, pointer: string, look: (node: Json, pointer: string) => void): void {
  if (typeof node !== "object" || node === null) return
  if (!Array.isArray(node)) look(node, pointer)
  for (const [key, value] of Object.entries(node)) visit(value, `${pointer}/${escaped(key)}`, look)
}
