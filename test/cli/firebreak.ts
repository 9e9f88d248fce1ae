/** The real command line as a process, in a project of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";

/** See test/support/bundled.ts. */
export const MAIN = process.env.FIREBREAK_BUNDLED ?? "";

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `build` says on stderr of `SOUND`: nothing, or that some of its alerts are not proven. */
export const NOTED: unknown = expect.stringMatching(/^(1 note: see firebreak check\.\n)?$/);

/** A sound declaration with a page, and no warning. */
export const SOUND = {
  "slos/index.ts": `import { definePlatform, defineService, events } from "firebreak";
export const services = [defineService({
  name: "api", owner: "web", runbooks: "https://runbooks.example.com/api",
  slos: [{ name: "availability", objective: 99.9, sli: events({ total: "requests_total", bad: "errors_total" }) }],
})];
export const platform = definePlatform({
  retention: "60d",
  receivers: { default: { page: { pagerduty: { secret: "pd" } }, ticket: { webhook: { secret: "hook" } } } },
});
`,
} as const;

/** A temporary project with these files. Gone when the test is. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "firebreak-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) put(root, path, content);
  return root;
}

export function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Runs `firebreak ...args` in a project to its end. */
export async function firebreak(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const child = startFirebreak(cwd, args, env);
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const [status] = (await once(child, "close")) as [number | null];
  return { status, ...output };
}

export function startFirebreak(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...inherited } = process.env;
  return spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
