import { onPostgres } from "../support/read-stores"

onPostgres()
require("./as-of.test")
