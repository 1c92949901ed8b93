import { createRoot } from "react-dom/client"
import { App, downloadAhead } from "./app"
import { Fault } from "./parts/fault"
import { begin, signInWays } from "./session/session"
import { Appearance } from "./shell/appearance"
import { catalogueOf, preferredLanguage, Texts } from "./texts/texts"

/** Everything the first paint needs is there before it, so that nothing jumps. */
async function start(): Promise<void> {
  downloadAhead()
  const [texts, ways] = await Promise.all([catalogueOf(preferredLanguage()), signInWays()])
  const begun = await begin(ways)
  createRoot(document.getElementById("root") ?? document.body).render(
    <Texts first={texts}>
      <Appearance>
        <Fault>
          <App ways={ways} begun={begun} />
        </Fault>
      </Appearance>
    </Texts>,
  )
}

start().catch((error: unknown) => {
  // Without a server there are no texts either.
  const problem = error instanceof Error ? error.message : String(error)
  document.body.textContent =
    preferredLanguage() === "nl" ? `Seatledger is niet bereikbaar: ${problem}` : `Seatledger cannot be reached: ${problem}`
})
