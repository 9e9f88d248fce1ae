/** What the program prints, run as people run it. */
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..", "..");

export function commands(): string {
  const { stdout } = run(["--help"]);
  return paragraphs(stdout).find((part) => /^ {2}check /m.test(part)) ?? "";
}

export function check(): string {
  return run(["check"]).stdout;
}

/** All mistakes of a file at once, with where they are. */
export function checkOfMistakes(): string {
  return inFolder({ "slos/shop.ts": MISTAKES }, (folder) => run(["check", "--slos", "slos/shop.ts"], folder).stderr);
}

const MISTAKES = `import { defineService, defineSlo, events } from "firebreak";
const total = 'requests_total{job="shop"}';
const runbooks = "https://runbooks.example.com/shop";
export const services = [defineService({ name: "shop", owner: "web", runbooks, slos: [
  defineSlo({ name: "search", objective: 99.9, window: "1h30m", sli: events({ total, bad: 'search_errors_total{job="shop"}' }) }),
  defineSlo({ name: "pay", objective: 0.999, sli: events({ total, bad: 'errors_total{job="shop"' }) }),
] })];
`;

/** A build into an empty folder, with the middle of long tables left out. */
export function shownBuild(): string {
  const text = inFolder({}, (folder) => run(["build", "--slos", join(ROOT, "slos/index.ts")], folder).stdout);
  return paragraphs(text).map(shortened).join("\n\n");
}

/** The comment on a change of this repository's own declarations. */
export function shownDiff(): string {
  return inFolder(changedDeclarations(), (folder) => run(["diff", join(ROOT, "slos/index.ts")], folder).stdout);
}

/** The page on the same change, as HTML. */
export function shownReview(): string {
  return inFolder({ ...changedDeclarations(), ...declarations("main") }, (folder) => {
    run(["review", "main/slos/index.ts", "--out", "review"], folder);
    return readFileSync(join(folder, "review/review.html"), "utf8");
  });
}

/** An objective raised, an SLO renamed, a receiver changed, a budget added. */
const CHANGES: readonly (readonly [file: string, before: string, after: string])[] = [
  ["inference.ts", 'job: "inference-gateway",', 'job: "inference-gateway",\n  objectives: { "error-rate": 99.95 },'],
  ["inference.ts", 'name: "user-cost"', 'name: "cost-per-user"'],
  ["platform.ts", '"pagerduty-ml-platform"', '"pagerduty-inference"'],
  [
    "budgets.ts",
    "export const vllmBudgets = [",
    `export const vllmBudgets = [
  tokens({ name: "prompt-tokens", metric: 'vllm:prompt_tokens_total{job="vllm"}', per: "day", limit: tokens(800_000_000) }),`,
  ],
];

function changedDeclarations(): Record<string, string> {
  const files = declarations();
  for (const [name, before, after] of CHANGES) {
    const path = `slos/${name}`;
    if (!files[path]?.includes(before)) throw new Error(`${path} has no ${before}.`);
    files[path] = files[path].replace(before, after);
  }
  return files;
}

/** What stands in slos/, with paths below a folder. */
function declarations(below = ""): Record<string, string> {
  const names = globSync("slos/**/*.*", { cwd: ROOT });
  return Object.fromEntries(names.map((name) => [join(below, name), readFileSync(join(ROOT, name), "utf8")]));
}

export function shownExplain(id: string): string {
  return run(["explain", id]).stdout;
}

/** One paragraph of what explain prints, by its title. */
export function paragraphOf(id: string, title: string): string {
  const found = paragraphs(shownExplain(id)).find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`explain ${id} has no paragraph ${title}.`);
  return found;
}

/** The tiers of an SLO, without their title. */
export function tiersOf(id: string): string {
  return paragraphOf(id, "Tiers").replace("Tiers\n", "").replaceAll(/^ {2}/gm, "");
}

/** Writes every file into a new folder, and takes it away afterwards. */
export function inFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-docs-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Each run in the repository once: pages show different parts of the same. */
const known = new Map<string, Output>();

export function run(args: readonly string[], cwd = ROOT): Output {
  const key = JSON.stringify([cwd, args]);
  const output = known.get(key) ?? runNow(args, cwd);
  if (cwd === ROOT) known.set(key, output);
  return output;
}

// Tests have it bundled: test/support/bundled.ts.
const MAIN = process.env.FIREBREAK_BUNDLED ?? join(ROOT, "src/cli/main.ts");

/** A crash is no excerpt. */
function runNow(args: readonly string[], cwd: string): Output {
  const { FORCE_COLOR: _color, ...environment } = process.env;
  const options = { cwd, encoding: "utf8", env: { ...environment, NO_COLOR: "1" } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], options);
  if (status !== 0 && status !== 1) throw new Error(`firebreak ${args.join(" ")} exited with ${status}: ${stderr}`);
  return { stdout, stderr };
}

function paragraphs(text: string): string[] {
  return text.trimEnd().split(/\n\n+/);
}

const MOST_LINES = 8;

function shortened(text: string): string {
  const lines = text.split("\n");
  return lines.length <= MOST_LINES ? text : [...lines.slice(0, 5), "…", ...lines.slice(-1)].join("\n");
}
