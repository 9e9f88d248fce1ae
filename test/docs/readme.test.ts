/** What the README says of the proofs is so. What it shows is held in excerpts.test.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { platform, services } from "../../slos/index.ts";
import { build } from "../../src/build.ts";

const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = join(root, "generated/prometheus");

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface TestFile {
  readonly tests: readonly { readonly promql_expr_test: readonly { expr: string; exp_samples: unknown[] }[] }[];
}

test("how many rules an SLO has, as docs/bench.md has it", () => {
  const { length } = exampleGroups().flatMap(({ rules }) => rules);
  expect(readme).toContain(`An SLO is about ${length} rules`);
  expect(readFileSync(join(root, "docs/bench.md"), "utf8")).toContain(
    `| rules per SLO, with four tiers | ${length} (\`inference-gateway/error-rate\``,
  );
});

describe("what it says of generated tests is what they hold", () => {
  const [, said = ""] = /\*\*Proven, and counted\.\*\*([\s\S]*?)\n- \*\*/.exec(readme) ?? [];
  const alerts = generatedAlerts();
  const proven = alerts.filter((labels) =>
    expectationsOf(labels.slo_service ?? "").some((wanted) => wanted.every(holdsFor(labels))),
  );

  test("how many alerts some test expects to fire, of how many", () => {
    const [, fire, all] = /(\d+) of the (\d+) alerts/.exec(said) ?? [];
    expect([Number(fire), Number(all)]).toEqual([proven.length, alerts.length]);
  });

  test("that every page for a burn is among them", () => {
    expect(said).toContain("every page for a burn among them");
    expect(alerts.filter((labels) => /^SloBurnPage/.test(labels.alertname ?? "") && !proven.includes(labels))).toEqual(
      [],
    );
  });

  test("check names as many as no test expects to fire", () => {
    const { issues } = build({ services, platform, templates: {}, targets: ["proofs"] });
    const notes = issues.filter(({ code }) => code === "not-proven");
    const counts = notes.map(({ message }) => Number(/\d+/.exec(message)?.[0]));
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(alerts.length - proven.length);
  });
});

test("the rules of its example are as long as it says", () => {
  const text = readFileSync(join(folder, "inference-gateway.rules.yaml"), "utf8");
  const own = text.split(/^ {2}- name: /m).filter((block) => /^inference-gateway\/error-rate(:|\n)/.test(block));
  const rules = exampleGroups().flatMap((group) => group.rules.map(({ expr }) => String(expr)));
  const longest = Math.max(...rules.map((expr) => expr.split("\n").length));
  expect(readme).toContain(`longest expression | ${own.join("").split("\n").length}, ${longest} |`);
});

test("it has at most 150 lines", () => {
  expect(readme.split("\n").length).toBeLessThanOrEqual(150);
});

function exampleGroups() {
  return filesOf<{ groups: { name: string; rules: Rule[] }[] }>("inference-gateway.rules.yaml")
    .flatMap(({ groups }) => groups)
    .filter(({ name }) => /^inference-gateway\/error-rate(:|$)/.test(name));
}

type Labels = Readonly<Record<string, string>>;
type Matcher = readonly [label: string, op: string, value: string];

function generatedAlerts(): Labels[] {
  const files = filesOf<{ groups: { rules: Rule[] }[] }>(".rules.yaml");
  const all = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  // What is sent to nobody is no alert that anybody asks for.
  const sent = all.filter(({ labels }) => labels.severity !== "none");
  return sent.flatMap(({ alert, labels }) => (alert === undefined ? [] : [{ ...labels, alertname: alert }]));
}

/** The alerts that tests ask for where they expect a sample, as the files have them: by matchers. */
function expectationsOf(service: string): Matcher[][] {
  const expectations = ["tests", "days.tests", "pause.tests"]
    .flatMap((kind) => filesOf<TestFile>(`${service}.${kind}.yaml`))
    .flatMap(({ tests }) => tests.flatMap((one) => one.promql_expr_test))
    .filter(({ exp_samples }) => exp_samples.length > 0);
  const asked = new Set(expectations.flatMap(({ expr }) => /ALERTS\{(.*?)\}/.exec(expr)?.[1] ?? []));
  return [...asked].map((text) =>
    [...text.matchAll(/(\w+)(=~|!=|=)"(.*?)"/g)].map(([, label = "", op = "", value = ""]) => [label, op, value]),
  );
}

/** Labels that the rule does not set (those of groups and of a history) come with its expression. */
function holdsFor(labels: Labels) {
  return ([label, op, value]: Matcher): boolean => !(label in labels) || (op === "=" && labels[label] === value);
}

function filesOf<T>(ending: string): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => parsed(name) as T);
}

/** Each file once: they are long. */
const known = new Map<string, unknown>();

function parsed(name: string): unknown {
  if (!known.has(name)) known.set(name, parse(readFileSync(join(folder, name), "utf8")));
  return known.get(name);
}
