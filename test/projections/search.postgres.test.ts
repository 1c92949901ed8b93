import { onPostgres } from "../support/read-stores"

onPostgres()
require("./search.test")
