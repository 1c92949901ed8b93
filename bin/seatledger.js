#!/usr/bin/env node
// The command line, from the checkout: builds what is out of date, then hands over.
const { buildAndRun } = require("./build")
const { buildConsoleIfStale } = require("./build-console")

/** Commands that show the console. A ledger is worth serving without it: the page then says how to build it. */
const SERVING = ["serve", "demo"]

if (SERVING.includes(process.argv[2])) buildConsoleIfStale()
buildAndRun("src/cli/seatledger.js").main(process.argv)
