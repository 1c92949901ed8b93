#!/usr/bin/env node
// The command line, from the checkout: builds what is out of date, then hands over.
const { buildAndRun } = require("./build")

buildAndRun("src/cli/seatledger.js").main(process.argv)
