/**
 * Which tests promtool plays. All of those that are generated would take minutes for every service: each rule is evaluated
 * three times, and of the generated tests those are played that fit, on the rules that they read.
 */
import type { RuleFile } from "../../../src/play/rules-read.ts";
import { rulesRead } from "../../../tools/rules-read.ts";

/** A generated test file, with its rules. */
export interface TestFile {
  readonly path: string;
  readonly rules: string;
  readonly groups: RuleFile;
  readonly value: Tests;
}

export interface Tests {
  readonly evaluation_interval: string;
  readonly group_eval_order?: readonly string[];
  readonly tests: readonly Test[];
}

interface Test {
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly { readonly eval_time: string; readonly expr: string }[];
}

/** A generated test, and what it reads of its rules. */
export interface Chosen {
  readonly rules: RuleFile;
  readonly test: Tests;
}

/** Generated tests as they come, until so many single rules are evaluated. */
export function choose(files: readonly TestFile[], most: number): Chosen[] {
  let left = most;
  return files.flatMap((file) =>
    file.value.tests.flatMap((test) => {
      const rules = rulesRead(file.groups, test);
      const cost = costOf(test, rules, file.value);
      if (cost > left) return [];
      left -= cost;
      return [{ rules, test: { ...file.value, tests: [test] } }];
    }),
  );
}

function costOf(test: Test, { groups }: RuleFile, { evaluation_interval: every }: Tests): number {
  const last = Math.max(...test.promql_expr_test.map(({ eval_time }) => seconds(eval_time)));
  return (groups.reduce((sum, { rules }) => sum + rules.length, 0) * last) / seconds(every);
}

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 } as const;

/** As promtool reads it, such as `1h30m`. */
function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );
}
