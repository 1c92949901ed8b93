/** The same answers of the API, read from PostgreSQL. */
import { onPostgres } from "../../support/read-stores"

// First, so that its vault is closed after all of them.
import "../../readstore/histories"

onPostgres()
describe("as-of-folds", () => void require("./as-of-folds.test"))
describe("changes-between", () => void require("./changes-between.test"))
describe("connections", () => void require("./connections.test"))
describe("history-filters", () => void require("./history-filters.test"))
describe("people", () => void require("./people.test"))
describe("seat-usage", () => void require("./seat-usage.test"))
describe("vendor-events", () => void require("./vendor-events.test"))
describe("why-folds", () => void require("./why-folds.test"))
describe("why", () => void require("./why.test"))
