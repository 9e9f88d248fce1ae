/** What dashboards and runbooks ask of an SLO: of recorded series, all of it. */
import type { Expr } from "../../../promql/ast.ts";
import { binary, number, selector } from "../../../promql/build.ts";
import { records } from "../../names.ts";
import type { Queries } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import { combined } from "../windows/ratio-rules.ts";
import { badEvents, errorRatio, fastSource, totalEvents } from "../windows/windows.ts";

/** Rates are of the last five minutes. */
const RATE_SECONDS = 300;

export function queries(context: SloContext): Queries {
  const { measurement } = context;
  const recorded = (record: string): Expr => selector(record, measurement.base.id);
  const perSecond = (events: Expr): Expr => binary("/", events, number(RATE_SECONDS));
  const seconds = Math.max(RATE_SECONDS, 2 * measurement.totalEverySeconds);
  const bad = badEvents(seconds, "base", measurement);
  return {
    errorRatio: (window) => combined(errorRatio(window, fastSource(window, measurement), measurement), context),
    goodRate: perSecond(binary("-", totalEvents(seconds, "base", measurement), bad)),
    badRate: perSecond(bad),
    budgetRemaining: recorded(records.budgetRemaining),
    coverage: recorded(records.coverage),
  };
}
