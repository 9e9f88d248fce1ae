/** Tiers as proofs take them from a declaration, against the Workbook's table and its arithmetic. */
import { describe, expect, test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { tiersOf } from "../../../../src/prove/slo/burn/tiers.ts";
import { planWith } from "../../../compile/spend/months.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

function planOf(change: Partial<SloDeclaration>) {
  const [plan] = planWith({ slos: [{ name: "s", objective: 99.9, sli, ...change }] }).services[0]?.slos ?? [];
  if (!plan) throw new Error("no SLO");
  return plan;
}

function figures(change: Partial<SloDeclaration>): (readonly [string, number, number, number])[] {
  return tiersOf(planOf(change).slo).map(({ name, long, short, threshold }) => [name, long, short, threshold]);
}

describe("tiers", () => {
  test("of thirty days are the Workbook's", () => {
    expect(figures({})).toEqual([
      ["page-fast", 3600, 300, expect.closeTo(0.0144, 9)],
      ["page-slow", 21_600, 1800, expect.closeTo(0.006, 9)],
      ["ticket-fast", 86_400, 7200, expect.closeTo(0.003, 9)],
      ["ticket-slow", 259_200, 21_600, expect.closeTo(0.001, 9)],
    ]);
  });

  test("of a week have windows of a week, the shortest of them four scrapes", () => {
    expect(figures({ window: "7d" }).map(([, long, short]) => [long, short])).toEqual([
      [840, 120],
      [5040, 420],
      [20_160, 1680],
      [60_480, 5040],
    ]);
  });

  test("that no outage could pass come down", () => {
    const [fast] = figures({ objective: 90 });
    expect(fast).toEqual(["page-fast", 3600, 300, expect.closeTo(0.8, 9)]);
  });

  test("of a share of the budget burn that share in the long window", () => {
    const tiers = [
      { name: "page", severity: "page", long: "1h", short: "5m", budget: 0.02 },
      { name: "slow", severity: "ticket", long: "3d", short: "6h", burn: 1 },
    ] as const;
    expect(figures({ alerting: { tiers } })[0]).toEqual(["page", 3600, 300, expect.closeTo(0.0144, 9)]);
  });

  test("are called as the alerts of the plan, whatever their severity", () => {
    const overrides = { "page-slow": { severity: "ticket" }, "ticket-slow": { severity: "info" } } as const;
    const plan = planOf({ alerting: { overrides } });
    const burns = plan.alerts.flatMap(({ alert }) => (alert.startsWith("SloBurn") ? [alert] : []));
    expect(tiersOf(plan.slo).map(({ alert }) => alert)).toEqual(burns);
  });
});
