/** No text of a user can become YAML, PromQL or a Go template: what comes out is what went in. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { compile } from "../../src/compile/compile.ts";
import type { AlertingRule, Plan, Rule } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { emit } from "../../src/emit/index.ts";
import { annotationText, prometheus } from "../../src/emit/prometheus.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { parse } from "../../src/parse/parse.ts";
import { print } from "../../src/promql/print.ts";
import { quote } from "../../src/promql/print-selector.ts";
import { isSound } from "../promql/read-back.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { soundWorldOf } from "./repair.ts";
import { anyText, HOSTILE } from "./texts.ts";

const templates = readTemplates();

function planOf(services: unknown, environment?: unknown): Plan {
  const parsed = parse({ services, platform: environment });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

function rulesOf(plan: Plan): Rule[] {
  return plan.services.flatMap(({ slos }) => slos.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)));
}

const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** What a reader of YAML sees in a file. */
function readBack(artifact: Artifact): unknown {
  return parseYaml(render(artifact), { version: "1.2" });
}

test("every YAML file reads back as the value that was printed, in YAML 1.1 and 1.2", () => {
  fc.assert(
    fc.property(soundWorldOf("svc"), ({ services, platform }) => {
      const plan = planOf(services, platform);
      for (const artifact of emit(plan, templates).filter(({ format }) => format === "yaml")) {
        expect(readBack(artifact)).toEqual(artifact.value);
        expect(parseYaml(render(artifact), { version: "1.1" })).toEqual(artifact.value);
      }
    }),
    { numRuns: 15 },
  );
});

test("any text reads back from YAML, as a value and in a list", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const value = { text, list: [text, { text }], after: 1 };
      expect(readBack({ path: "x.yaml", format: "yaml", value })).toEqual(value);
    }),
    { numRuns: 1000 },
  );
});

test("any text reads back from a map on one line", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const value = { rules: [{ labels: { before: "a", text, after: "b" } }] };
      const artifact: Artifact = { path: "x.yaml", format: "yaml", value, inline: ["labels"] };
      expect(readBack(artifact)).toEqual(value);
      expect(parseYaml(render(artifact), { version: "1.1" })).toEqual(value);
    }),
    { numRuns: 1000 },
  );
});

test("half a character becomes the sign for one that cannot be shown", () => {
  expect(readBack({ path: "x.yaml", format: "yaml", value: ["a\ud800b", "\udc00", "🔥"] })).toEqual([
    "a\ufffdb",
    "\ufffd",
    "🔥",
  ]);
});

test("a YAML file holds no character that another reader takes for a line break or refuses", () => {
  fc.assert(
    fc.property(
      anyText,
      (text) => void expect(render({ path: "x.yaml", format: "yaml", value: { text } })).not.toMatch(UNSEEN),
    ),
    { numRuns: 500 },
  );
});

test("any text is a comment or a head, and nothing else", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const value = { groups: [{ name: "a" }, { name: "b" }] };
      const comments = [0, 1].map((index) => ({ at: ["groups", index], text }));
      const artifact: Artifact = { path: "x.yaml", format: "yaml", value, header: text, comments };
      expect(render(artifact)).not.toMatch(UNSEEN);
      expect(readBack(artifact)).toEqual(value);
      expect(parseYaml(render(artifact), { version: "1.1" })).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("texts change no rule's name, expression or number", () => {
  const calm = planOf([
    {
      name: "svc",
      owner: "team",
      slos: [{ name: "s", objective: 99.9, sli: { kind: "events", total: "a_total", bad: "b_total" } }],
    },
  ]);
  const shape = (plan: Plan) =>
    rulesOf(plan).map((rule) => [rule.type === "record" ? rule.record : rule.alert, print(rule.expr)]);
  fc.assert(
    fc.property(anyText, anyText, (text, owner) => {
      fc.pre(text !== "" && owner.trim() !== "");
      const slo = {
        name: "s",
        objective: 99.9,
        sli: { kind: "events", total: "a_total", bad: "b_total" },
        description: text,
        labels: { x: text },
        annotations: { summary: text },
        alerting: { labels: { y: text }, annotations: { z: text } },
      };
      expect(shape(planOf([{ name: "svc", owner, description: text, slos: [slo] }]))).toEqual(shape(calm));
    }),
    { numRuns: 100 },
  );
});

test("any value in a selector stays a value", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const sli = { kind: "events", total: `a_total{x=${quote(value)}}`, bad: `b_total{x!=${quote(value)}}` };
      for (const { expr } of rulesOf(
        planOf([{ name: "svc", owner: "team", slos: [{ name: "s", objective: 99.9, sli }] }]),
      ))
        expect(isSound(print(expr))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test.each([
  "sum(x)) or vector(1) #",
  "sum(x)) or (vector(1)",
  "sum(x) # )",
  "sum(x)\n# )\n",
  "sum(x) or\nsum(y)",
  'label_replace(x, "a", ")", "", "") # "',
])("an expression such as %j stays within its parentheses or is refused", (promql) => {
  const { services } = parse({
    services: [
      {
        name: "svc",
        owner: "team",
        slos: [{ name: "s", objective: 99.9, sli: { kind: "events", total: { promql }, bad: "b_total" } }],
      },
    ],
  });
  for (const slo of services.flatMap(({ slos }) => slos)) expect(slo.sli).toMatchObject({ total: { type: "promql" } });
  const plan = compile(services, parse({ services: [] }).platform).plan;
  for (const { expr } of rulesOf(plan)) expect([print(expr), isSound(print(expr))]).toEqual([print(expr), true]);
});

test("only template() makes a template", () => {
  expect(annotationText("{{ $value }}")).toBe('{{ "{{" }} $value }}');
  expect(annotationText({ template: "{{ $value }}" })).toBe("{{ $value }}");
});

describeWithEngine("promtool", "texts on the real engine", () => {
  const texts = [...HOSTILE, ...fc.sample(anyText, { numRuns: 100, seed: 3 }), "\ud800".toWellFormed()];
  const [annotations, labels] = ["a", "l"].map((name) =>
    Object.fromEntries(texts.map((text, index) => [`${name}${index}`, text])),
  );
  const values = Object.fromEntries(Object.entries(labels ?? {}).filter(([, text]) => text !== ""));

  /** One SLO that reads nothing, so that its `SloBroken` fires; all of its texts are hostile. */
  const service = {
    name: "svc",
    owner: 'team: {{ "x" }}\n- alert: y',
    runbooks: 'https://runbooks.example.com/{{"x"}}#`"',
    slos: [
      {
        name: "s",
        objective: 99.9,
        window: "1h",
        sli: { kind: "events", total: "a_total", bad: "b_total" },
        labels: values,
        annotations: { ...annotations, description: "{{ plain }}" },
      },
    ],
  };

  test("labels and annotations of a firing alert are what was declared", async () => {
    const plan = planOf([service], { dashboards: "https://g.example.com/{{`x`}}" });
    const dir = write(prometheus.emit(plan, {}));
    const broken = rulesOf(plan).find(
      (rule): rule is AlertingRule => rule.type === "alert" && rule.labels.reason === "never-any-data",
    );
    const wanted = { exp_labels: broken?.labels, exp_annotations: broken?.annotations };
    expect(wanted.exp_labels).toMatchObject({ ...values, owner: service.owner });
    expect(wanted.exp_annotations).toMatchObject({ ...annotations, description: "{{ plain }}" });
    const tests = [
      {
        interval: "30s",
        input_series: [],
        alert_rule_test: [{ eval_time: "80m", alertname: "SloBroken", exp_alerts: [wanted] }],
      },
    ];
    writeFileSync(
      join(dir, "tests.yaml"),
      ascii({ rule_files: ["prometheus/*.yaml"], evaluation_interval: "30s", tests }),
    );
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.yaml"], { cwd: dir });
    expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
  });

  test("labels on one line are what was declared too", async () => {
    const all = [...new Set([...texts, ...SIGNS])].filter((text) => text !== "");
    const rule = (text: string, index: number) => ({
      record: `r${index}`,
      expr: "vector(1)",
      labels: { a: "b", text },
    });
    const value = { groups: [{ name: "g", rules: all.map(rule) }] };
    const dir = write([{ path: "prometheus/x.yaml", format: "yaml", value, inline: ["labels"] }]);
    const promql_expr_test = all.map((text, index) => ({
      expr: `r${index}`,
      eval_time: "1m",
      exp_samples: [{ labels: `r${index}{a="b",text=${quote(text)}}`, value: 1 }],
    }));
    const tests = [{ interval: "1m", input_series: [], promql_expr_test }];
    writeFileSync(
      join(dir, "tests.yaml"),
      ascii({ rule_files: ["prometheus/*.yaml"], evaluation_interval: "1m", tests }),
    );
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.yaml"], { cwd: dir });
    expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
  });

  test("series with any label value are counted, and no others", async () => {
    const slos = texts.slice(0, 60).map((text, index) => ({
      name: `s${index}`,
      objective: 99.9,
      window: "1h",
      sli: { kind: "events", total: `a_total{x=${quote(text)}}`, bad: "b_total" },
    }));
    const plan = planOf([{ name: "svc", owner: "team", slos }]);
    const dir = write(prometheus.emit(plan, {}));
    const distinct = [...new Set(texts.slice(0, 60))];
    const series = distinct.map((text, index) => ({
      series: `a_total{job="j",instance="i",x=${quote(text)}}`,
      values: `0+${index + 1}x10`,
    }));
    const samples = slos.map(({ name }, index) => ({
      labels: `slo:total:increase{slo_service="svc",slo="${name}"}`,
      value: distinct.indexOf(texts[index] ?? "") + 1,
    }));
    const tests = [
      {
        interval: "30s",
        input_series: series,
        promql_expr_test: [{ expr: "slo:total:increase", eval_time: "4m", exp_samples: samples }],
      },
    ];
    writeFileSync(
      join(dir, "tests.yaml"),
      ascii({ rule_files: ["prometheus/*.yaml"], evaluation_interval: "30s", tests }),
    );
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.yaml"], { cwd: dir });
    expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
  });
});

/** Every sign of ASCII: alone, before, after and within a word. */
const SIGNS = [..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"].flatMap((sign) => [
  sign,
  `${sign}a`,
  `a${sign}`,
  `a${sign}b`,
  `a ${sign}`,
  `${sign} a`,
  `a${sign} b`,
]);

function write(files: readonly Artifact[]): string {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-injection-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), render(file));
  }
  return dir;
}

/** JSON that any reader of YAML takes: whatever is not plain ASCII is escaped, and not by our own printer. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/gu,
    (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
}
