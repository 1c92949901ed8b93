// Jest runs this once, before the first test of the ledger: the program as people run it is what they start, many at a time.
const { build } = require("../../bin/build")

module.exports = () => build()
