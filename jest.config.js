const { availableParallelism } = require("node:os")

/** SWC instead of tsc: decorators with metadata, types checked apart by `npm run typecheck`. */
const settings = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  setupFiles: ["reflect-metadata"],
  // These are published as ES modules only, which Node can require and Jest cannot yet.
  transformIgnorePatterns: ["/node_modules/(?!jose/|@formatjs/)"],
  transform: {
    "\\.[jt]s$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: "es2022",
          keepClassNames: true,
        },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
}

// The console's tests look at it as it is built: that is seen to before the first of them, and not before any other.
module.exports = {
  // Jest leaves one core free. Tests wait for servers and browsers as much as they work, so three share two cores well.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // What the modules of former files leave behind in a worker goes with it.
  workerIdleMemoryLimit: "1GB",
  // A test waits for what must happen, however slow the machine; this ends one that hangs.
  testTimeout: 120_000,
  transform: settings.transform, // for bin/build.js
  projects: [
    {
      ...settings,
      displayName: "ledger",
      testMatch: ["**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/console/"],
      globalSetup: "<rootDir>/test/support/build.js",
    },
    {
      ...settings,
      displayName: "console",
      testMatch: ["<rootDir>/test/console/**/*.test.ts"],
      globalSetup: "<rootDir>/test/console/support/build.js",
    },
  ],
}
