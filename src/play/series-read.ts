/** The series of a test that its rules and questions read. The others decide nothing. */
import { allSelectors } from "../promql/shape/all-selectors.ts";
import { type Expectations, type Made, mayRead, type Read, selectorsIn } from "./rules-read.ts";

/** Their places. In doubt a series is read. */
export function seriesRead(series: readonly string[], { rules, asksMore }: Read, test: Expectations): Set<number> {
  const asked = [...(test.promql_expr_test ?? []), ...rules].map(({ expr }) => String(expr));
  const selectors = [...new Set(asked)].flatMap(selectorsIn);
  const isRead = (made: Made): boolean => selectors.some((selector) => mayRead(selector, made));
  const places = [...series.keys()].filter((place) => {
    const made = madeOf(series[place] as string);
    return asksMore || !made || isRead(made);
  });
  return new Set(places);
}

/** A series is written as a selector; undefined where it is not understood. */
function madeOf(series: string): Made | undefined {
  const [selector, ...more] = allSelectors(series) ?? [];
  if (!selector || more.length > 0 || selector.metric === "") return undefined;
  return {
    names: [selector.metric],
    labels: Object.fromEntries(selector.matchers.map((one) => [one.label, one.value])),
  };
}
