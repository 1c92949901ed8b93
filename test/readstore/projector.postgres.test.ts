import { onPostgres } from "../support/read-stores"

onPostgres()
require("./projector.test")
