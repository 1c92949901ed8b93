/** A field for one thing of many: type, and choose from what is found; empty it, and everything counts again. */
import { Combobox, Field, Option } from "@fluentui/react-components"
import { useEffect, useRef, useState } from "react"
import { useText } from "../texts/texts"

export interface Choice {
  readonly id: string
  readonly name: string
  /** What tells it from others of the same name. */
  readonly second?: string | undefined
}

interface TypeAheadProps {
  readonly label: string
  /** What is chosen already. */
  readonly chosen: Choice | undefined
  /** For "" what may be offered before anything is typed. */
  readonly find: (typed: string) => Promise<readonly Choice[]>
  readonly onChoose: (id: string) => void
}

const TYPING_MS = 150

export function TypeAhead({ label, chosen, find, onChoose }: TypeAheadProps) {
  const t = useText()
  /** Undefined: nobody is typing, and the field shows what is chosen. */
  const [typed, setTyped] = useState<string>()
  const [found, setFound] = useState<readonly Choice[]>()
  const latest = useRef(find)
  latest.current = find
  useEffect(() => {
    if (typed === undefined) return
    let isLate = false
    const timer = setTimeout(() => {
      latest.current(typed.trim()).then(
        (choices) => {
          if (!isLate) setFound(choices)
        },
        () => setFound([]),
      )
    }, TYPING_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [typed])
  const stop = () => {
    if (typed === "" && chosen) onChoose("")
    setTyped(undefined)
    setFound(undefined)
  }
  return (
    <Field label={label}>
      <Combobox
        freeform
        style={{ minWidth: 0 }}
        input={{ style: { minWidth: 0 } }}
        clearable
        placeholder={t("filter.any")}
        value={typed ?? chosen?.name ?? ""}
        selectedOptions={chosen ? [chosen.id] : []}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onOpenChange={(_, { open }) => {
          if (open) setTyped((now) => now ?? "")
          else if (typed !== undefined && typed !== "") setTyped(undefined)
        }}
        onBlur={stop}
        onOptionSelect={(_, { optionValue }) => {
          onChoose(optionValue ?? "")
          setTyped(undefined)
          setFound(undefined)
        }}
      >
        {(found ?? []).map(({ id, name, second }) => (
          <Option key={id} value={id} text={name}>
            {second === undefined ? name : `${name} · ${second}`}
          </Option>
        ))}
        {found?.length === 0 ? (
          <Option key="" value="" text="" disabled>
            {typed ? t("filter.nothing") : t("filter.type")}
          </Option>
        ) : null}
      </Combobox>
    </Field>
  )
}
