/**
 * One of a few. The list that opens is the browser's own: it fits every keyboard, finger and screen reader, and saves each
 * page the 25 kB of one that we would have to place and move through ourselves.
 */
import { Select } from "@fluentui/react-components"

interface OneOfProps<Value extends string> {
  /** Left out within a field, which has its own. */
  readonly label?: string
  /** Stands there while the value is none of the options. */
  readonly placeholder?: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly name: string }[]
  readonly onChoose: (value: Value) => void
}

export function OneOf<Value extends string>({ label, placeholder, value, options, onChoose }: OneOfProps<Value>) {
  const isOption = options.some((option) => option.value === value)
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(_, chosen) => {
        const option = options.find((one) => one.value === chosen.value)
        if (option) onChoose(option.value)
      }}
    >
      {isOption ? null : (
        <option value={value} disabled>
          {placeholder}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </Select>
  )
}
