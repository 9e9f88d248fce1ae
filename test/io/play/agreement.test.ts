/** `firebreak test` and promtool on whole files give the same answer. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { build } from "../../../src/build.ts";
import type { ServiceDeclaration } from "../../../src/declare/declaration.ts";
import { render } from "../../../src/emit/artifact.ts";
import { openPassed } from "../../../src/io/play/passed.ts";
import { type Played, playServices } from "../../../src/io/play/play-services.ts";
import { openPromtool } from "../../../src/io/play/promtool.ts";
import { describeWithEngine, engine, runPromtool } from "../../support/engines.ts";
import {
  AS_VALUE,
  alerts,
  asks,
  CLOSE,
  FIXED,
  type Files,
  HEAD,
  IN_TWO,
  inParts,
  JOINABLE,
  JOINED,
  LABELLED,
  MORE,
  NOW,
  one,
  own,
  SUM,
  X,
} from "./own-tests.ts";

interface Answers {
  readonly whole: string;
  readonly ours: Played;
  /** Whether the tests had to be played on all rules. */
  readonly onAll: boolean;
}

/** Both answers to the test file among these files. */
async function answersTo(files: Files): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-agreement-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = Object.keys(files).filter((name) => name.endsWith(".tests.yaml"));
  const { status } = await runPromtool(["test", "rules", ...paths], { cwd: folder });
  let onAll = false;
  const [ours] = await playServices([{ service: "api", files: paths.map((name) => join(folder, name)) }], {
    promtool: await openPromtool(engine("promtool") as string),
    passed: openPassed(undefined),
    jobs: 2,
    onTest: () => {},
    onWhole: () => (onAll = true),
    onPlayed: () => {},
  });
  return { whole: status === 0 ? "passed" : "failed", ours: ours as Played, onAll };
}

const outcome = ({ failures }: Played): string => (failures.length === 0 ? "passed" : "failed");

const api: ServiceDeclaration = {
  name: "api",
  owner: "web",
  runbooks: "https://runbooks.example.com/api",
  slos: [
    {
      name: "errors",
      objective: 99.9,
      groupBy: ["model"],
      sli: { kind: "events", total: "requests_total", bad: "errors_total" },
    },
  ],
};

/** The rules of one SLO, and of its tests the one of its fast page. */
function small(spoil: (rules: string) => string = (rules) => rules): Files {
  const { artifacts } = build({
    services: [api],
    platform: undefined,
    templates: {},
    targets: ["prometheus", "proofs"],
  });
  const textOf = (ending: string) =>
    artifacts.filter(({ path }) => path === `prometheus/api${ending}`).map(render)[0] ?? "";
  const tests = textOf(".tests.yaml").split(/^(?= {2}- name: )/m);
  const kept = tests.filter((text, index) => index === 0 || /^ {2}- name: "?page-fast: /.test(text));
  expect(kept.length).toBe(2);
  return { "api.rules.yaml": spoil(textOf(".rules.yaml")), "api.tests.yaml": kept.join("") };
}

const added = (rule: string) => (rules: string) => `${rules}  - name: added\n    rules:\n      - ${rule}\n`;
const UNEVALUABLE = "{ record: many, expr: requests_total * on () errors_total }";

describeWithEngine("promtool", "generated tests", () => {
  test("pass on sound rules", async () => {
    const { whole, ours, onAll } = await answersTo(small());
    expect([whole, outcome(ours), onAll]).toEqual(["passed", "passed", false]);
  });

  test.each<readonly [what: string, spoil: (rules: string) => string]>([
    ["a threshold", (rules) => rules.replaceAll("14.4 * 0.001", "17.5 * 0.001")],
    ["a window", (rules) => rules.replaceAll("[1h])", "[2h])")],
    ["a label", (rules) => rules.replaceAll("tier: page-fast", "tier: page")],
    ["a record that is gone", (rules) => rules.replaceAll("record: slo:error_ratio:rate5m", "record: elsewhere")],
    ["a match of many with many", (rules) => rules.replaceAll("sum by (model) ", "")],
    ["an expression that does not parse", (rules) => rules.replace("expr: ", "expr: (")],
    ["a field that rules have not", (rules) => rules.replace("    for: ", "    four: ")],
    ["a rule of nobody's that cannot be evaluated", added(UNEVALUABLE)],
    ["a rule of nobody's that does not parse", added("{ record: bad, expr: sum( }")],
  ])("fail on %s", async (_what, spoil) => {
    const files = small(spoil);
    expect(files["api.rules.yaml"]).not.toBe(small()["api.rules.yaml"]);
    const { whole, ours } = await answersTo(files);
    expect([whole, outcome(ours)]).toEqual(["failed", "failed"]);
  });
});

describeWithEngine("promtool", "tests of one's own", () => {
  test.each<readonly [what: string, files: Files]>([
    ["of what a rule of a group with labels records", own(HEAD + one(X, SUM))],
    ["of an alert, with labels as they are written and a text that asks", own(HEAD + one(LABELLED, X, alerts('"1"')))],
    ["of a label that looks like a number", own(HEAD + one(X, asks(`fixed{version="1.10"}`, `fixed${FIXED}`, 1)))],
    ["that are close", own(`fuzzy_compare: true\n${HEAD}${CLOSE}`)],
    ["from a time of their own", own(HEAD + one("    start_timestamp: 2026-01-01T00:00:00Z\n", X, NOW))],
    ["in an order", own(HEAD.replace("tests:", "group_eval_order: [one]\ntests:") + one(X, SUM))],
    ["of files by a pattern", own(HEAD.replace("api.rules.yaml", '"a*.rules.yaml"') + one(X, SUM))],
    ["of two files", own(IN_TWO + one(X, asks("more", 'more{job="a"}', 6)), { "more.rules.yaml": MORE })],
    ["that repeat a part", own(HEAD + one(X.replace(":", ": &x"), SUM) + one("    input_series: *x\n", SUM))],
    ["in JSON", own(JSON.stringify(AS_VALUE))],
    ["that expect nothing", own(HEAD + one(X))],
    ["in two parts", own(HEAD + one(X, inParts(3, 1)))],
  ])("%s pass", async (_what, files) => {
    const { whole, ours } = await answersTo(files);
    expect([whole, outcome(ours)], JSON.stringify(ours.failures, null, 2)).toEqual(["passed", "passed"]);
  });

  test.each<readonly [what: string, files: Files]>([
    ["with another value", own(HEAD + one(X, SUM.replace("value: 3", "value: 4")))],
    ["with another text of an alert", own(HEAD + one(LABELLED, X, alerts('"2"')))],
    ["without the labels of outside", own(HEAD + one(X, alerts('"1"')))],
    ["that are close, and compared exactly", own(HEAD + CLOSE)],
    [
      "in an order that repeats itself",
      own(HEAD.replace("tests:", "group_eval_order: [one, one]\ntests:") + one(X, SUM)),
    ],
    ["of whose parts the first one is wrong", own(HEAD + one(X, inParts(4, 1)))],
    ["of whose parts the last one is wrong", own(HEAD + one(X, inParts(3, 2)))],
    ["that do not parse", own(HEAD + one(X, asks("job:x{", "{}", 1)))],
    ["with a field that there is not", own(HEAD + one(X, SUM, "    expected: 1\n"))],
    ["of a file that is not there", own(HEAD.replace("api.rules", "no.rules") + one(X, SUM))],
  ])("%s fail", async (_what, files) => {
    const { whole, ours } = await answersTo(files);
    expect([whole, outcome(ours)]).toEqual(["failed", "failed"]);
  });

  test("of rules that each test can evaluate, and not all of them together, are played on all rules, and pass", async () => {
    const of = (at: string) => one(JOINABLE.replaceAll("AT", at), asks("read", `read{job="a", at="${at}"}`, 3));
    const { whole, ours, onAll } = await answersTo({
      "api.rules.yaml": JOINED,
      "api.tests.yaml": HEAD + of("1") + of("2"),
    });
    expect([whole, outcome(ours), onAll]).toEqual(["passed", "passed", true]);
  });

  test("a test is named by its place where it has no name, as promtool does", async () => {
    const { ours } = await answersTo(own(HEAD + one(X, SUM.replace("3", "9"))));
    expect(ours.failures.map(({ test: name }) => name)).toEqual(["unnamed#0"]);
  });

  test("a test in parts is one test, with what is wrong in each", async () => {
    const { ours } = await answersTo(own(HEAD + one(X, inParts(4, 2))));
    expect(ours.tests).toBe(1);
    expect(ours.failures[0]?.words.match(/expr: "[^"]*/g)).toEqual(['expr: "job:x{team=\\', 'expr: "fixed']);
  });

  test("what is wrong with a file is said with the line that it has there", async () => {
    const tests = HEAD + one(X, SUM) + one(X, SUM, "    expected: 1\n");
    const line = tests.split("\n").findIndex((text) => text.includes("expected")) + 1;
    const { ours } = await answersTo(own(tests));
    expect(ours.failures.map(({ words }) => words).join()).toContain(`line ${line}: field expected not found`);
  });
});
