/** LiteLLM's own budgets of teams, read from its gauges on the real engine. */
import { test } from "vitest";
import { litellm } from "../../src/index.ts";
import { expectRun, planWith } from "../compile/spend/months.ts";
import { describeWithEngine } from "../support/engines.ts";

const only = [
  "availability",
  "rejections",
  "end-to-end-latency",
  "time-to-first-token",
  "overhead",
  "provider-errors",
  "fallbacks",
  "deployment-health",
  "guardrail-errors",
] as const;
const gauge = (name: string, team: string, instance = "a") =>
  `litellm_${name}{job="proxy",instance="${instance}",team="${team}",team_alias="${team}"}`;
const bad = (team: string, slices: number) => ({ [`{team_alias="${team}"}`]: slices });

describeWithEngine("promtool", "the budgets of LiteLLM's teams", () => {
  // Half an hour in which `low` has a tenth left and then gets a new budget. `split` is low by one replica's figure only.
  test("are low by what is left of each, until they begin anew; no limit is none", () =>
    expectRun(planWith(litellm({ job: "proxy", without: only, teamBudgets: true })), {
      start: "2026-02-27T00:00:00Z",
      every: "30s",
      series: {
        'up{job="proxy",instance="a"}': "1x200",
        'up{job="proxy",instance="b"}': "1x200",
        [gauge("team_max_budget_metric", "low")]: "100x200",
        [gauge("remaining_team_budget_metric", "low")]: "10x60 100x139",
        [gauge("team_max_budget_metric", "fine")]: "100x200",
        [gauge("remaining_team_budget_metric", "fine")]: "21x200",
        [gauge("team_max_budget_metric", "over")]: "100x200",
        [gauge("remaining_team_budget_metric", "over")]: "-5x200",
        [gauge("team_max_budget_metric", "split")]: "100x200",
        [gauge("remaining_team_budget_metric", "split")]: "60x200",
        [gauge("team_max_budget_metric", "split", "b")]: "100x200",
        [gauge("remaining_team_budget_metric", "split", "b")]: "20x200",
        [gauge("remaining_team_budget_metric", "nolimit")]: Array(201).fill("+Inf").join(" "),
      },
      expectations: [
        [
          "25m",
          'sum by (team_alias) (sum_over_time(slo:bad:increase{slo="team-budgets"}[10m]))',
          { ...bad("fine", 0), ...bad("low", 10), ...bad("over", 10), ...bad("split", 10) },
        ],
        [
          "60m",
          'sum by (team_alias) (sum_over_time(slo:bad:increase{slo="team-budgets"}[10m]))',
          { ...bad("fine", 0), ...bad("low", 0), ...bad("over", 10), ...bad("split", 10) },
        ],
      ],
    }));
});
