import { onPostgres } from "../support/read-stores"

onPostgres()
require("./proofs.test")
