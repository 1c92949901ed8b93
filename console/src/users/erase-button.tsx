/** On the page of somebody deleted: what is left to do is to erase. */
import { Button } from "@fluentui/react-components"
import { lazy, Suspense, useState } from "react"
import { useViewer } from "../session/viewer"
import { useText } from "../texts/texts"

const EraseDialog = lazy(async () => ({ default: (await import("./erase-dialog")).EraseDialog }))

export function EraseButton({ userId }: { readonly userId: string }) {
  const t = useText()
  const { may } = useViewer()
  const [isAsking, setAsking] = useState(false)
  if (!may("erase")) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("erase.open")}</Button>
      <Suspense>
        {isAsking ? (
          <EraseDialog user={{ id: userId, displayName: userId }} onClose={() => setAsking(false)} onDone={() => setAsking(false)} />
        ) : null}
      </Suspense>
    </>
  )
}
