import { onPostgres } from "../support/read-stores"

onPostgres()
require("./changes.test")
