/** Tabs of a page, each with an address of its own: `/users/usr_x/history`. */
import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components"
import { type ReactNode, useEffect, useRef } from "react"
import { useNavigate } from "react-router"
import { useAtMoment } from "../shell/moment"

const useStyles = makeStyles({
  tabs: {
    marginTop: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalM,
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})`,
    overflowX: "auto",
  },
})

interface PageTabsProps<Name extends string> {
  readonly label: string
  /** The address of the page; a tab's is that and its name. */
  readonly path: string
  readonly tabs: readonly { readonly name: Name; readonly title: string }[]
  readonly shown: Name
  readonly children: ReactNode
}

export function PageTabs<Name extends string>({ label, path, tabs, shown, children }: PageTabsProps<Name>) {
  const styles = useStyles()
  const navigate = useNavigate()
  const atMoment = useAtMoment()
  const list = useRef<HTMLDivElement>(null)
  // In a narrow window the tabs scroll: the one that an address means is in sight.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`#tab-${shown}`)
    if (!list.current || !tab) return
    const leastToSeeItsEnd = tab.offsetLeft + tab.offsetWidth - list.current.clientWidth
    list.current.scrollLeft = Math.max(leastToSeeItsEnd, Math.min(list.current.scrollLeft, tab.offsetLeft))
  }, [shown])
  return (
    <>
      <TabList
        ref={list}
        aria-label={label}
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_, { value }) => navigate(atMoment(`${path}/${String(value)}`))}
      >
        {tabs.map(({ name, title }) => (
          <Tab key={name} value={name} id={`tab-${name}`} aria-controls="tab-panel">
            {title}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown}`}>
        {children}
      </div>
    </>
  )
}
