import { onPostgres } from "../support/read-stores"

onPostgres()
require("./history.test")
