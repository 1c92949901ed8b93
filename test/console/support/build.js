// Jest runs this once, before the first of the console's tests and only when there are some to run: they look at what is built.
const { buildConsoleIfStale } = require("../../../bin/build-console")

module.exports = () => {
  if (!buildConsoleIfStale()) throw new Error("the console could not be built: there is nothing to test")
}
