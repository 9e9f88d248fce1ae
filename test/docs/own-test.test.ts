/** The project of docs/your-own-project.md, and the test that the page writes for it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const API = pathToFileURL(join(ROOT, "src/index.ts")).href;
const page = readFileSync(join(ROOT, "docs/your-own-project.md"), "utf8");
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("the page's test passes for the page's service", () => {
  expect(runTest(codeOf("slos/index.ts"))).toMatchObject({ status: 0 });
});

test("it fails where the service gets an issue", () => {
  const doubtful = codeOf("slos/index.ts").replace("objective: 99.9,", "objective: 100,");
  const { status, stdout } = runTest(doubtful);
  expect(status).toBe(1);
  expect(stdout).toContain("objective-out-of-range");
});

/** The code block that names this file in its first line. */
function codeOf(file: string): string {
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  const code = blocks.find((block) => block.startsWith(`// ${file}\n`));
  if (code === undefined) throw new Error(`the page has no ${file}`);
  return code.replaceAll('from "firebreak"', `from "${API}"`);
}

function runTest(declarations: string) {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-own-test-"));
  folders.push(folder);
  writeFileSync(join(folder, "index.ts"), declarations);
  writeFileSync(join(folder, "agreed.test.ts"), codeOf("slos/agreed.test.ts"));
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  return spawnSync(process.execPath, ["--test", "agreed.test.ts"], { cwd: folder, encoding: "utf8", env });
}
