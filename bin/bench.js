#!/usr/bin/env node
// The benchmark (bench/bench.ts), compiled like everything else. It runs itself and reads process.argv.
const { buildAndRun } = require("./build")

buildAndRun("bench/bench.js")
