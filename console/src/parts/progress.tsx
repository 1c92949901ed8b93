/** How far a long change is. */
import { Field, ProgressBar } from "@fluentui/react-components"
import { useText } from "../texts/texts"

export function Progress({ done, total }: { readonly done: number; readonly total: number }) {
  const t = useText()
  return (
    <Field validationMessage={t("command.progress", { done, total })} validationState="none">
      <ProgressBar value={done} max={total} />
    </Field>
  )
}
