/** Test files as a person writes them, with whatever promtool reads, in parts that are put together. */

/** By name. */
export type Files = Readonly<Record<string, string>>;

export const own = (tests: string, more: Files = {}): Files => ({
  "api.rules.yaml": RULES,
  "api.tests.yaml": tests,
  ...more,
});

export const RULES = `groups:
  - name: one
    labels: { team: a }
    rules:
      - record: job:x
        expr: sum by (job) (x)
      - alert: High
        expr: job:x > 1
        labels: { version: 1.10, env: "{{ $externalLabels.env }}" }
        annotations:
          text: '{{ with query "other:y" }}{{ . | first | value }}{{ end }}'
      - record: other:y
        expr: count(x)
      - record: fixed
        expr: vector(1)
        labels: { version: 1.10, on: yes }
`;

export const HEAD = `rule_files:
  - api.rules.yaml
evaluation_interval: 1m
tests:
`;
export const series = (text: string, values = "1 2 3 4") => `    input_series:
      - { series: '${text}', values: '${values}' }
`;
export const asks = (expr: string, labels: string, value: number | string) => `    promql_expr_test:
      - { eval_time: 2m, expr: '${expr}', exp_samples: [{ labels: '${labels}', value: ${value} }] }
`;
export const alerts = (text: string) => `    alert_rule_test:
      - eval_time: 3m
        alertname: High
        exp_alerts:
          - exp_labels: { job: a, team: a, version: "1.10", env: prod }
            exp_annotations: { text: ${text} }
`;
export const one = (...parts: readonly string[]) => `  - interval: 1m\n${parts.join("")}`;
export const X = series('x{job="a"}');
export const SUM = asks('job:x{team="a"}', 'job:x{job="a", team="a"}', 3);
export const NOW = asks("vector(time())", "{}", Date.UTC(2026, 0, 1, 0, 2) / 1000);
export const FIXED = '{on="yes", team="a", version="1.10"}';
export const CLOSE = one(X, asks("fixed * 0.3", FIXED, "0.30000000000000004"));
/** Two questions that have no rule in common: the parts of a test. */
export const inParts = (sum: number, fixed: number) => `    promql_expr_test:
      - { eval_time: 2m, expr: 'job:x{team="a"}', exp_samples: [{ labels: 'job:x{job="a", team="a"}', value: ${sum} }] }
      - { eval_time: 3m, expr: 'fixed', exp_samples: [{ labels: 'fixed${FIXED}', value: ${fixed} }] }
`;
export const LABELLED = "    external_labels: { env: prod }\n";

export const IN_TWO = HEAD.replace("evaluation", "  - more.rules.yaml\ngroup_eval_order: [one, more]\nevaluation");
export const MORE = `groups:
  - name: more
    rules:
      - record: more
        expr: sum without (team) (job:x) * 2
`;
export const AS_VALUE = {
  rule_files: ["api.rules.yaml"],
  tests: [
    {
      input_series: [{ series: "x", values: "1 1" }],
      promql_expr_test: [{ expr: "x", eval_time: "1m", exp_samples: [{ labels: "x", value: 1 }] }],
    },
  ],
};

export const JOINED = `groups:
  - name: one
    rules:
      - record: joined
        expr: x * on (job) y
      - record: read
        expr: x
`;
export const JOINABLE = `    input_series:
      - { series: 'x{job="a", at="AT"}', values: 1 2 3 }
      - { series: 'y{job="a", at="AT"}', values: 1 2 3 }
`;
