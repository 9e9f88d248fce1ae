/** The Spend dashboard finds a budget's series by name: the name ends in the period, whichever it is. */
import { expect, test } from "vitest";
import { usd } from "../../../src/declare/construct.ts";
import { render } from "../../../src/emit/artifact.ts";
import { prometheus } from "../../../src/emit/prometheus.ts";
import { planOf, service } from "./declarations.ts";
import { dashboardsOf, panelsOf } from "./read-dashboards.ts";

test.each(["hour", "day", "week", "month", "quarter", "year", "7d", "12h"])(
  "what is spent of a budget per %s is on the dashboard",
  (per) => {
    const budget = { kind: "spend", name: "cost", metric: "cost_dollars_total", per, limit: usd(5) };
    const plan = planOf([service("shop", [], { budgets: [budget] })]);
    const names = recordedIn(prometheus.emit(plan, {}).map(render).join());
    expect(names.filter((name) => spentNames(plan).test(name))).toEqual([`budget:spend_dollars:${per}`]);
    if (/^[a-z]/.test(per)) expect(queryOf(plan, /^A period ago/)).toContain(`:(${per})"`);
  },
);

type Planned = ReturnType<typeof planOf>;

function spentNames(plan: Planned): RegExp {
  const [, name = ""] = /__name__=~"([^"]+)"/.exec(queryOf(plan, /^Spent, /)) ?? [];
  return new RegExp(`^(?:${name})$`);
}

function queryOf(plan: Planned, title: RegExp): string {
  const spend = dashboardsOf(plan).find((each) => each.title === "Spend");
  const panel = spend && panelsOf(spend).find((each) => title.test(each.title));
  return panel?.targets[0]?.expr ?? "";
}

function recordedIn(rules: string): string[] {
  return [...new Set([...rules.matchAll(/budget:spend_dollars:[a-z0-9]+/g)].map(([name]) => name))];
}
