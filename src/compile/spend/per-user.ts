/** Average cost of an active user: spend of the period over a gauge of its users. It needs no label that names one. */

import type { Expr } from "../../promql/ast.ts";
import { binary, number, selector, sumBy } from "../../promql/build.ts";
import { valueNow } from "../../sli/counting/base.ts";
import { periodRecord, perUserRecord } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import type { SpendMeasurement } from "./spend-measurement.ts";

/** In all, and for each value of `by` that the gauge tells apart; nobody active, no sample. */
export function perUserRules(measurement: SpendMeasurement): RecordingRule[] {
  const { base, budget } = measurement;
  const { activeUsers } = budget;
  if (!activeUsers) return [];
  const mean = (by: readonly string[]): Expr => {
    const active = binary(">", sumBy(by, valueNow(activeUsers, base)), number(0));
    return binary("/", sumBy(by, selector(periodRecord(budget), base.id)), active);
  };
  const all = mean(base.identity);
  const expr = budget.by.length === 0 ? all : binary("or", all, mean(base.by));
  return [{ type: "record", record: perUserRecord(budget), expr, labels: base.id }];
}
