/** Nobody is signed in: off to the identity provider, or, in development, the choice of a role. */
import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Text, Title2, tokens } from "@fluentui/react-components"
import { type FormEvent, useEffect, useState } from "react"
import type { Role } from "../api/operations"
import { Card } from "../parts/card"
import { OneOf } from "../parts/one-of"
import logo from "../seatledger.svg"
import { type TextKey, useText } from "../texts/texts"
import { keepDevelopmentToken, type Session, type SignIn, signInAtProvider } from "./session"

const useStyles = makeStyles({
  page: {
    minHeight: "100vh",
    display: "grid",
    placeItems: "center",
    backgroundColor: tokens.colorNeutralBackground2,
    padding: tokens.spacingHorizontalM,
    boxSizing: "border-box",
  },
  card: { width: "min(26rem, 100%)", padding: tokens.spacingHorizontalXXL, gap: tokens.spacingVerticalL, boxSizing: "border-box" },
  name: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM, "& h1": { margin: 0 } },
  logo: { width: "32px", height: "32px" },
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
})

interface SignInPageProps {
  readonly ways: SignIn
  /** The token has run out, or the server no longer took it. */
  readonly hasEnded: boolean
  /** What the identity provider said instead of signing in. */
  readonly cameBackWith: string | undefined
  readonly onSession: (session: Session) => void
}

export function SignInPage({ ways, hasEnded, cameBackWith, onSession }: SignInPageProps) {
  const styles = useStyles()
  const t = useText()
  const [problem, setProblem] = useState(cameBackWith)
  useEffect(() => {
    document.title = `${t("signIn.title")} · ${t("app.name")}`
  }, [t])
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error))
  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <div className={styles.name}>
          <img className={styles.logo} src={logo} alt="" />
          <Title2 as="h1">{t("app.name")}</Title2>
        </div>
        {hasEnded ? (
          <MessageBar intent="info">
            <MessageBarBody>{t("signIn.ended")}</MessageBarBody>
          </MessageBar>
        ) : null}
        {problem ? (
          <MessageBar intent="error" role="alert">
            <MessageBarBody>{t("signIn.failed", { problem })}</MessageBarBody>
          </MessageBar>
        ) : null}
        {ways.auth === "oidc" ? (
          <Button appearance="primary" size="large" onClick={() => void signInAtProvider(ways).catch(failed)}>
            {t("signIn.button")}
          </Button>
        ) : (
          <DevelopmentSignIn onSession={onSession} failed={failed} />
        )}
      </Card>
    </main>
  )
}

/** Roles of people, with somebody of the demonstration company who has it. */
const PEOPLE: readonly { readonly role: Role; readonly subject: string }[] = [
  { role: "GLOBAL_ADMIN", subject: "grace" },
  { role: "LICENSE_ADMIN", subject: "adele" },
  { role: "USER_ADMIN", subject: "ulrich" },
  { role: "BILLING_ADMIN", subject: "bella" },
  { role: "AUDITOR", subject: "aart" },
  { role: "MEMBER", subject: "adele" },
]

interface OrganizationName {
  readonly id: string
  readonly name: string
}

function DevelopmentSignIn({
  onSession,
  failed,
}: {
  readonly onSession: (session: Session) => void
  readonly failed: (error: unknown) => void
}) {
  const styles = useStyles()
  const t = useText()
  const [organizations, setOrganizations] = useState<readonly OrganizationName[]>()
  const [organization, setOrganization] = useState("")
  const [role, setRole] = useState<Role>("GLOBAL_ADMIN")
  const [subject, setSubject] = useState("grace")
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once.
  useEffect(() => {
    ask<{ organizations: readonly OrganizationName[] }>("/console/development/organizations").then(({ organizations: found }) => {
      setOrganizations(found)
      setOrganization(found[0]?.id ?? "")
    }, failed)
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask<{ token: string }>("/console/development/token", { role, organization, subject }).then(
      ({ token }) => onSession(keepDevelopmentToken(token)),
      failed,
    )
  }
  const roleName = (of: Role) => t(`role.${of}` satisfies TextKey)
  return (
    <form className={styles.form} onSubmit={submit}>
      <Text>{t("signIn.development")}</Text>
      <Field label={t("signIn.role")}>
        <OneOf
          value={role}
          options={PEOPLE.map((person) => ({ value: person.role, name: roleName(person.role) }))}
          onChoose={(chosen) => {
            setRole(chosen)
            setSubject(PEOPLE.find((person) => person.role === chosen)?.subject ?? "")
          }}
        />
      </Field>
      <Field label={t("signIn.organization")}>
        <OneOf
          value={organization}
          options={(organizations ?? []).map(({ id, name }) => ({ value: id, name }))}
          onChoose={setOrganization}
        />
      </Field>
      <Field label={t("signIn.subject")} hint={t("signIn.subject.hint")} required>
        <Input value={subject} onChange={(_, { value }) => setSubject(value)} />
      </Field>
      <Button type="submit" appearance="primary" size="large" disabled={organization === "" || subject.trim() === ""}>
        {t("signIn.button")}
      </Button>
    </form>
  )
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(path, {
    headers: { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  })
  const answer: unknown = await response.json()
  if (response.ok) return answer as Answer // what our own server answers
  throw new Error(typeof answer === "object" && answer !== null && "message" in answer ? String(answer.message) : response.statusText)
}
