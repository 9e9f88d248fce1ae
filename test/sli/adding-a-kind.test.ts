/** docs/adding-a-kind.md: its file and its line are all that a kind needs to be compiled, checked, proven and explained. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/adding-a-kind.md"), "utf8");
let copy: string;

/** This repository, with what the page adds to it and nothing else. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "firebreak-kind-"));
  for (const part of ["src", "templates", "package.json"])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true }));

test("without its line the kind does not exist", () => {
  expect(built()).toMatchObject({ codes: expect.arrayContaining(["unknown-kind"]), records: [] });
});

test("with its file and its line it is compiled, proven, documented and explained", () => {
  writeFileSync(join(copy, "src/sli/kinds/band.ts"), blockAfter("## The file: `src/sli/kinds/band.ts`"));
  register();
  const { codes, records, proven, runbook, explained } = built();
  expect(codes).toEqual([]);
  expect(records).toEqual(expect.arrayContaining(["slo:total:increase", "slo:bad:increase"]));
  expect(proven.filter((name) => name.endsWith(": acceptance"))).toEqual(
    linesAfter("and proves, with `promtool test rules`:"),
  );
  expect(runbook).toContain("is below 0.4 or above 0.95");
  expect(explained).toContain("is below 0.4 or above 0.95");
});

test("bounds in the wrong order are the issue that the page has", () => {
  expect(built({ low: 1 }).codes).toEqual(["bad-value"]);
});

/** The import, and the line of the page in place of the one that is there. */
function register(): void {
  const path = join(copy, "src/sli/index.ts");
  const line = /export const kinds = \{[^}]*\} as const;/;
  const own = line.exec(blockAfter("## The line, and the names"))?.[0] ?? "";
  expect(own).toContain("band");
  const text = readFileSync(path, "utf8").replace(line, own);
  writeFileSync(path, `import { band } from "./kinds/band.ts";\n${text}`);
}

function blockAfter(heading: string): string {
  return /```ts\n([\s\S]*?)```/.exec(page.slice(page.indexOf(heading)))?.[1] ?? "";
}

function linesAfter(text: string): readonly string[] {
  const block = /```\n([\s\S]*?)\n```/.exec(page.slice(page.indexOf(text)));
  return block?.[1]?.split("\n") ?? [];
}

interface Built {
  readonly codes: readonly string[];
  readonly records: readonly string[];
  /** Names of the generated tests. */
  readonly proven: readonly string[];
  readonly runbook: string;
  readonly explained: string;
}

/** What the copy makes of an SLO of that kind, in a process of its own. */
function built(changes: object = {}): Built {
  writeFileSync(join(copy, "try.mjs"), `const changes = ${JSON.stringify(changes)};\n${TRY}`);
  return JSON.parse(execFileSync(process.execPath, [join(copy, "try.mjs")], { encoding: "utf8" })) as Built;
}

const TRY = `
import { build } from "./src/build.ts";
import { explain } from "./src/explain/explain.ts";
import { readTemplates } from "./src/io/read-templates.ts";
const sli = { kind: "band", metric: 'speculative_acceptance_ratio{job="api"}', low: 0.4, high: 0.95, ...changes };
const slo = { name: "acceptance", objective: 99, groupBy: ["model"], sli };
const service = { name: "shop", owner: "ml", runbooks: "https://runbooks.example.com", slos: [slo] };
const receivers = { default: { page: { webhook: { secret: "hook" } }, ticket: { webhook: { secret: "hook" } } } };
const platform = { retention: "90d", receivers };
const { plan, issues, artifacts } = build({ services: [service], platform, templates: readTemplates() });
const [planned] = plan?.services.flatMap(({ slos }) => slos) ?? [];
const valueOf = (path) => artifacts.find((each) => each.path === path)?.value;
console.log(JSON.stringify({
  codes: issues.filter(({ level }) => level !== "note").map(({ code }) => code),
  records: planned?.groups.flatMap(({ rules }) => rules.flatMap((rule) => rule.record ?? [])) ?? [],
  proven: (valueOf("prometheus/shop.tests.yaml")?.tests ?? []).map(({ name }) => name),
  runbook: valueOf("runbooks/shop/acceptance.md") ?? "",
  explained: planned === undefined ? "" : JSON.stringify(explain(plan, planned)),
}));
`;
