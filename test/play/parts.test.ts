/** A test falls into parts where no rule is read by two of them, and each has nothing but what it reads. */
import { describe, expect, test } from "vitest";
import { partsOf } from "../../src/play/parts.ts";
import { piecesRead } from "../../src/play/piece.ts";
import { type RuleText, readRules } from "../../src/play/rule-text.ts";
import { readerOf } from "../../src/play/rules-read.ts";
import { readTests, type TestText } from "../../src/play/test-text.ts";

const RULES = `groups:
  - name: a
    rules:
      - record: a:sum
        expr: sum(a_total{job="x"})
      - alert: A
        expr: a:sum > 1
        labels: { slo: a }
        annotations:
          summary: a
  - name: b
    rules:
      - alert: B
        expr: b_total > 1
        labels: { slo: b }
`;

const SERIES = `    input_series:
      - { series: 'a_total{job="x"}', values: 1 2 }
      # Of b.
      - { series: 'b_total', values: 1 2 }
      - { series: 'a_total{job="y"}', values: 1 2 }
`;

const QUERIES = `    promql_expr_test:
      # Of a.
      - { eval_time: 1m, expr: 'ALERTS{slo="a"}', exp_samples: [] }
      # Of b.
      - { eval_time: 2m, expr: 'ALERTS{slo="b"}', exp_samples: [] }
      - { eval_time: 3m, expr: 'a:sum', exp_samples: [] }
`;

const testsOf = (...parts: readonly string[]): TestText =>
  readTests(`rule_files: [some.rules.yaml]\ntests:\n  - name: both\n${parts.join("")}`) as TestText;

/** The places that each part keeps: of series, of questions, of alerts. */
function keptIn(tests: TestText, rules = RULES): number[][][] | undefined {
  const parts = partsOf(tests, 0, readerOf([readRules(rules) as RuleText]));
  return parts?.map(({ kept }) => Object.values(kept).map((places) => [...places]));
}

test("questions that read one rule are one part, with the series that its rules read", () => {
  expect(keptIn(testsOf(SERIES, QUERIES))).toEqual([
    [[1, 2], [1], []],
    [[0], [0, 2], []],
  ]);
});

test("an expected alert is a question too, and joins what reads its rule", () => {
  const alert = "    alert_rule_test:\n      - { eval_time: 1m, alertname: A, exp_alerts: [] }\n";
  expect(keptIn(testsOf(SERIES, QUERIES, alert))).toEqual([
    [[1, 2], [1], []],
    [[0], [0, 2], [0]],
  ]);
});

test("questions that read no rule are one part together", () => {
  const raw = `    promql_expr_test:
      - { eval_time: 1m, expr: b_total, exp_samples: [] }
      - { eval_time: 1m, expr: 'vector(1)', exp_samples: [] }
`;
  expect(keptIn(testsOf(SERIES, raw))).toEqual([[[1, 0, 2], [0, 1], []]]);
});

describe("in doubt", () => {
  test("a series is kept: one that is not understood, and every one where a template asks", () => {
    const odd = SERIES.replace("b_total", '{__name__="b_total"}');
    expect(keptIn(testsOf(odd, QUERIES))?.[1]).toEqual([[0, 1], [0, 2], []]);
    const asking = RULES.replace("{ slo: b }", `{ slo: b, n: '{{ with query "x" }}{{ end }}' }`);
    expect(keptIn(testsOf(SERIES, QUERIES), asking)).toEqual([
      [[0, 1, 2], [0, 2, 1], []].map((places) => places.sort()),
    ]);
  });

  test.each([
    [
      "whose questions are not lines of their own",
      SERIES,
      "    promql_expr_test: [{ eval_time: 1m, expr: b_total }]\n",
    ],
    ["without a question", SERIES, ""],
  ])("a test %s is one part", (_what, ...parts) => {
    expect(keptIn(testsOf(...parts))).toBe(undefined);
  });
});

test("a part's text has no line of another: neither its comments nor its series, nor annotations that nobody expects", () => {
  const tests = testsOf(SERIES, QUERIES);
  const rules = [{ path: "/p/some.rules.yaml", text: readRules(RULES) }];
  const texts = piecesRead(tests, rules)(0).map((make) => make().files.map(({ text }) => text.replace(/^#\n/gm, "")));
  expect(texts[1]).toEqual([
    `rule_files: ["0.rules.yaml"]
tests:
  - name: part
    input_series:
      - { series: 'a_total{job="x"}', values: 1 2 }
    promql_expr_test:
      - { eval_time: 1m, expr: 'ALERTS{slo="a"}', exp_samples: [] }
      - { eval_time: 3m, expr: 'a:sum', exp_samples: [] }
`,
    `groups:
  - name: a
    rules:
      - record: a:sum
        expr: sum(a_total{job="x"})
      - alert: A
        expr: a:sum > 1
        labels: { slo: a }
`,
  ]);
});
