/** What alerts and runbooks say of a label of groups that is missing depends on how many metrics could lack it. */
import { expect, test } from "vitest";
import { otherAlerts } from "../../../../src/emit/runbooks/words/alert-words.ts";
import { events, gauge, latency, type SliDeclaration, score } from "../../../../src/index.ts";
import { planOf } from "../../../sli/history.ts";

const REASON = "group-label-missing";
const ERRORS = 'requests_total{code="500"}';

function texts(sli: SliDeclaration): string[] {
  const [plan] = planOf({ sli, groupBy: ["model"] }).services.flatMap(({ slos }) => slos);
  if (!plan) throw new Error("no plan");
  const alert = plan.alerts.find(({ labels }) => labels.reason === REASON);
  const words = otherAlerts(plan, []).flatMap(({ reasons }) => reasons.filter(({ reason }) => reason === REASON));
  return [String(alert?.annotations.description), ...words.map(({ meaning }) => meaning)];
}

test.each<[string, SliDeclaration]>([
  ["requests and their errors by one metric", events({ total: "requests_total", bad: ERRORS })],
  ["latency", latency({ histogram: "request_duration_seconds", threshold: "1s" })],
  ["gauge", gauge({ metric: "queue_depth", op: "<", threshold: 10 })],
])("%s: neither bad nor good events can lack it alone", (_name, sli) => {
  const found = texts(sli);
  expect(found).toHaveLength(2);
  for (const text of found) expect(text).not.toMatch(/(bad|good) events/);
});

test.each<[string, SliDeclaration, RegExp]>([
  ["errors of their own", events({ total: "requests_total", bad: "errors_total" }), /bad events/],
  ["successes of their own", events({ total: "requests_total", good: "served_total" }), /good events/],
  ["scores", score({ sum: "score_sum", count: "score_count" }), /good events/],
])("%s can lack it alone, and that is said", (_name, sli, lacking) => {
  for (const text of texts(sli)) expect(text).toMatch(lacking);
});
