/**
 * `npm run check`: the one gate, the same here and in CI: types, format and lint, dead code, tests.
 * Stops at the first stage that fails. `--no-tests` leaves the tests out.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

interface Stage {
  readonly name: string;
  /** What Node runs, from the root of the repository. */
  readonly args: readonly string[];
}

const root = join(import.meta.dirname, "..");

const stages: readonly Stage[] = [
  { name: "types", args: ["node_modules/typescript/bin/tsc", "--noEmit"] },
  { name: "format and lint", args: ["node_modules/@biomejs/biome/bin/biome", "ci"] },
  { name: "dead code", args: ["node_modules/knip/bin/knip.js"] },
  { name: "tests", args: ["tools/test.ts"] },
];

const { values } = parseArgs({ options: { "no-tests": { type: "boolean" } } });
const failed = stages.filter(({ name }) => name !== "tests" || !values["no-tests"]).find((stage) => !passes(stage));
if (failed) process.exitCode = 1;

function passes({ name, args }: Stage): boolean {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.error(`check: ${name} ${status === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  return status === 0;
}
