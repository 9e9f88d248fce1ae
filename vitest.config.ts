/**
 * How the tests run: up to four workers that load each module once, as Node itself loads it, and the package under its own
 * name, as a user imports it.
 */
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["test/**/*.test.ts"],
    globalSetup: new URL("./test/support/bundled.ts", import.meta.url).pathname,
    setupFiles: ["seed-all", "leave-as-found"].map(
      (name) => new URL(`./test/support/${name}.ts`, import.meta.url).pathname,
    ),
    tags: [{ name: "engine", description: "needs real engines: npm run test:engines" }],
    // The command line is started hundreds of times: Node compiles it once.
    // Engines are Go programs that live for seconds: they collect garbage seldom, unless memory gets short.
    env: {
      NODE_COMPILE_CACHE: join(tmpdir(), "firebreak-test-compile-cache"),
      GOGC: "400",
      GOMEMLIMIT: "1GiB",
    },
    pool: "forks",
    // Node strips types itself. Vite would rewrite every import, which makes what is imported slower to reach.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Declarations and rules are many small objects, most of them short-lived.
    execArgv: ["--max-semi-space-size=64"],
    // Most of what a test file costs is loading modules: test/support/leave-as-found.ts keeps files apart.
    isolate: false,
    // One more than processors, since many tests wait for a process that they started; four have enough memory anywhere.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    // The one bound, for what hangs. Tests have none of their own: a busy machine takes many times as long as an idle one.
    testTimeout: 1_200_000,
    // Hooks start real engines.
    hookTimeout: 1_200_000,
  },
});
