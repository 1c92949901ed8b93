import { onPostgres } from "../support/read-stores"

onPostgres()
require("./usage.test")
