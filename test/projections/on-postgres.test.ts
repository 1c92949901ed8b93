/** The same projections and queries, on PostgreSQL. */
import { onPostgres } from "../support/read-stores"

// First, so that its vault is closed after all of them.
import "../readstore/histories"

onPostgres()
describe("as-of", () => void require("./as-of.test"))
describe("history", () => void require("./history.test"))
describe("proofs", () => void require("./proofs.test"))
describe("search", () => void require("./search.test"))
