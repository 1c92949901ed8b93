/** While a license is shown as it once was: the way to have those assignments again. */
import { Button, useRestoreFocusTarget } from "@fluentui/react-components"
import { ArrowUndo20Regular } from "@fluentui/react-icons"
import { lazy, Suspense, useState } from "react"
import { RoleNote } from "../parts/role-note"
import { useViewer } from "../session/viewer"
import { useMoment } from "../shell/moment"
import { useText } from "../texts/texts"

const RestoreDialog = lazy(async () => ({ default: (await import("./restore-dialog")).RestoreDialog }))

interface RestoreButtonProps {
  readonly license: { readonly id: string; readonly product: { readonly name: string } }
}

export function RestoreButton({ license }: RestoreButtonProps) {
  const t = useText()
  const { may } = useViewer()
  const { asOf, show } = useMoment()
  const [isOpen, setOpen] = useState(false)
  const comesBack = useRestoreFocusTarget()
  if (!asOf) return null
  if (!may("restore")) return <RoleNote action="restore" text="restore.readOnly" inPast />
  return (
    <>
      <Button icon={<ArrowUndo20Regular />} onClick={() => setOpen(true)} {...comesBack}>
        {t("restore.open")}
      </Button>
      {isOpen ? (
        <Suspense>
          <RestoreDialog
            license={license}
            asOf={asOf}
            onClose={() => setOpen(false)}
            onRestored={() => {
              setOpen(false)
              show(undefined)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
