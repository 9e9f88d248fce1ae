/** A team hears of what it spends itself: routes by value of a budget's label, in the generated configuration, as amtool reads it. */
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BudgetDeclaration, PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { serviceRouteTests } from "../../../src/emit/alertmanager/route-tests.ts";
import { compileConfig } from "../../../src/emit/alertmanager.ts";
import { budgetPlan } from "../../compile/spend/months.ts";
import { describeWithEngine, runAmtool } from "../../support/engines.ts";
import { writtenOut } from "./written-out.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const daily: BudgetDeclaration = {
  kind: "spend",
  name: "daily",
  metric: "cost_dollars_total",
  per: "day",
  by: ["tenant"],
  limit: dollars(500),
  limits: { search: dollars(100), maps: dollars(50), "a|b": dollars(50) },
  limitEach: dollars(20),
  receivers: { search: "search-team", maps: "geo", roads: "geo", "a|b": "geo" },
};
const pager = (secret: string) => ({ pagerduty: { secret } });
const platform: PlatformDeclaration = {
  receivers: {
    default: { page: pager("all"), ticket: { slack: { secret: "all" } } },
    "search-team": {
      page: pager("search"),
      ticket: { slack: { secret: "search" } },
      info: { slack: { secret: "search" } },
    },
    geo: { page: pager("geo") },
  },
};
const plan = budgetPlan([daily], platform);

const cases: readonly (readonly [what: string, labels: string, receiver: string])[] = [
  ["a value's page", "BudgetSpent100 page spent-100 search", "search-team-page"],
  ["a value's pace", "BudgetBurnFast page burn-fast search", "search-team-page"],
  ["a value's ticket", "BudgetSpent80 ticket spent-80 search", "search-team-ticket"],
  ["information that the team wants and the owner does not", "BudgetSpent50 info spent-50 search", "search-team-info"],
  ["each of two values of one team", "BudgetSpent100 page spent-100 roads", "geo-page"],
  ["a value that looks like a pattern", "BudgetSpent100 page spent-100 a|b", "geo-page"],
  ["a value that the pattern would take", "BudgetSpent100 page spent-100 a", "team-page"],
  ["a team without tickets of its own", "BudgetSpent80 ticket spent-80 maps", "geo-ticket"],
  ["information that nobody of the team wants", "BudgetSpent50 info spent-50 maps", "null"],
  ["a value that nobody is named for", "BudgetSpent100 page spent-100 shop", "team-page"],
  ["everything together", "BudgetSpent100 page spent-100", "team-page"],
  ["a limit of a value that is not counted correctly", "BudgetBroken ticket broken search", "team-ticket"],
];

describeWithEngine("amtool", "an alert on a budget by tenant", () => {
  test.each(cases)("%s: %s goes to %s", async (_what, text, receiver) => {
    const [alertname, severity, tier, tenant] = text.split(" ");
    const labels = { alertname, severity, tier, slo_service: "svc", owner: "team", budget: "daily" };
    await expectRoute({ ...labels, ...(tenant === undefined ? {} : { tenant }) }, receiver);
  });

  test("goes to its owner where the budget is another one", () =>
    expectRoute(
      {
        alertname: "BudgetSpent100",
        severity: "page",
        slo_service: "svc",
        owner: "team",
        budget: "b",
        tenant: "search",
      },
      "team-page",
    ));

  test("takes the route that its own generated tests say", async () => {
    const tests = plan.services.flatMap((service) => serviceRouteTests(service, plan));
    expect(tests.map(({ receivers: [first] }) => first)).toContain("geo-page");
    for (const { labels, receivers } of tests) await expectRoute(labels, receivers.join(","));
  });
});

test("a team that owns nothing has no route beside those of its values", () => {
  const { routes = [] } = compileConfig(plan).route;
  const owners = routes.flatMap(({ matchers = [] }) => matchers.filter(({ label }) => label === "owner"));
  expect([...new Set(owners.map(({ value }) => value))]).toEqual(["team"]);
});

async function expectRoute(labels: Readonly<Record<string, string | undefined>>, receiver: string): Promise<void> {
  const config = `--config.file=${join(writtenOut(plan), "alertmanager.yaml")}`;
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const answer = await runAmtool(["config", "routes", "test", config, `--verify.receivers=${receiver}`, ...pairs]);
  expect(answer.status, `${pairs.join(" ")}: ${answer.stdout}${answer.stderr}`).toBe(0);
}
