/** Sending a command: every one carries a key, so that a repeat after a lost answer does nothing twice (rule 37). */
import { useCallback, useState } from "react"
import { type Client, type CombinedError, type TypedDocumentNode, useClient } from "urql"
import type { RefusalTextFragment } from "./operations"

interface Payload {
  readonly refusal: RefusalTextFragment | null
}

export type Sent<P extends Payload> =
  | { readonly kind: "done"; readonly payload: P }
  | { readonly kind: "refused"; readonly refusal: RefusalTextFragment }
  /** Not answered, or not understood: the same key may be sent again. */
  | { readonly kind: "failed"; readonly error: CombinedError }

/** `pick` finds the payload in the answer. The input's `idempotencyKey` is added here. */
export function useCommand<Data, Input extends object, P extends Payload>(
  mutation: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => P,
): { readonly isSending: boolean; readonly send: (input: Input, key?: string) => Promise<Sent<P>> } {
  const client = useClient()
  const [isSending, setSending] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pick` reads one field, whichever function does.
  const send = useCallback(
    async (input: Input, key: string = newKey()): Promise<Sent<P>> => {
      setSending(true)
      try {
        return await sendCommand(client, mutation, pick, input, key)
      } finally {
        setSending(false)
      }
    },
    [client, mutation],
  )
  return { isSending, send }
}

/** Where no component waits for the answer. */
export async function sendCommand<Data, Input extends object, P extends Payload>(
  client: Client,
  mutation: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => P,
  input: Input,
  key: string,
): Promise<Sent<P>> {
  const { data, error } = await client.mutation(mutation, { input: { ...input, idempotencyKey: key } }).toPromise()
  if (error || !data) return { kind: "failed", error: error as CombinedError } // without data there is an error
  const payload = pick(data)
  return payload.refusal ? { kind: "refused", refusal: payload.refusal } : { kind: "done", payload }
}

/** Sent again unchanged, a command under the same key answers what it answered the first time. */
export function newKey(): string {
  return crypto.randomUUID()
}
