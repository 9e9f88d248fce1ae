/** Which SLOs of a service are known to be silent at once, and which only after two of their slices. */
import { expect, test } from "vitest";
import { print } from "../../../src/promql/print.ts";
import { planOfAll } from "../../sli/history.ts";

const events = (name: string) =>
  ({ name, objective: 99, sli: { kind: "events", total: "requests_total", bad: "errors_total" } }) as const;
const slow = (name: string) =>
  ({ name, objective: 99, sli: { kind: "probe", metric: "probe_success", slice: "10m" } }) as const;

test("those with long slices are all left out where the others are asked for, and asked for by themselves", () => {
  const plan = planOfAll([events("a"), slow("b"), slow("c")]);
  const rules = plan.services[0]?.groups.flatMap((group) => group.rules) ?? [];
  const down = rules.filter((rule) => "alert" in rule && rule.alert === "SloTargetsDown").map(({ expr }) => print(expr));
  expect(down.length).toBeGreaterThan(0);
  const asked = down.flatMap((text) => text.match(/slo(=~?|!~?|!=)"[a-c|]+"/g) ?? []);
  expect([...new Set(asked)].sort()).toEqual(['slo!~"b|c"', 'slo=~"b|c"']);
});
