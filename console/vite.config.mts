import { defineConfig } from "vite"

/** `vite build console` → dist/console, which the server serves at / (src/api/console). */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  build: {
    outDir: "../dist/console", // bin/build-console.js makes it aside
    emptyOutDir: true,
    sourcemap: false,
    // Only hashed files, nothing inlined: the Content-Security-Policy allows no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // What every page needs is one file: packed together it is smaller than in thirty, and asked for once.
      output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } },
      onLog(level, log, report) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log) // "use client" means nothing here
      },
    },
  },
  server: { proxy: { "/graphql": { target: "http://127.0.0.1:4000", ws: true }, "/console": "http://127.0.0.1:4000" } },
})
