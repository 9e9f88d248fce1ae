/**
 * One test that evaluates all rules: promtool fails it where one cannot be evaluated. It spares the others the rules that
 * they do not read.
 */

export interface Histories {
  readonly tests: readonly { readonly input_series?: readonly Series[] }[];
}

interface Series {
  readonly series: string;
  readonly values: string;
}

/** Over the end of a month. */
const START = "2026-01-31T23:52:00Z";

/** As long as nearly every test of an SLO, so that what begins or ends in one is seen. */
export const LONG = "6h";

/**
 * The test file: every 4m, on all series of these tests.
 *
 * @param rules - Paths as promtool gets them.
 * @param until - Two steps by default: then all rules have something to read.
 */
export function evaluated(rules: readonly string[], files: readonly Histories[], until = "8m"): object {
  const all = files.flatMap(({ tests }) => tests.flatMap(({ input_series = [] }) => input_series));
  // What rules record cannot be fed as well: tests of days do so, in files of their own.
  const raw = all.filter(({ series }) => !/^(slo|budget|experiment):/.test(series));
  const series = [...new Map(raw.map((one) => [one.series, one])).values()];
  return {
    rule_files: rules,
    evaluation_interval: "4m",
    tests: [
      {
        name: "every rule can be evaluated",
        start_timestamp: START,
        interval: "30s",
        input_series: series,
        promql_expr_test: [{ eval_time: until, expr: "vector(1)", exp_samples: [{ labels: "{}", value: 1 }] }],
      },
    ],
  };
}
