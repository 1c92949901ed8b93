/** The same projector, on PostgreSQL. */
import { onPostgres } from "../support/read-stores"

// First, so that its vault is closed after all of them.
import "../readstore/histories"

onPostgres()
describe("projector", () => void require("./projector.test"))
describe("changes", () => void require("./changes.test"))
describe("usage", () => void require("./usage.test"))
