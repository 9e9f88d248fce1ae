/** Exclusions: when they are, to the second and against a calendar; and that nothing counts in them, in promtool. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { spanOf } from "../../src/compile/exclusions.ts";
import type { SloPlan } from "../../src/compile/plan.ts";
import { events } from "../../src/model/construct.ts";
import type { ExclusionDeclaration } from "../../src/model/declaration.ts";
import { startsBetween } from "../../src/model/occurrences.ts";
import { print } from "../../src/promql/print.ts";
import { counted, expectHistories, firing, planOf } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const reason = "maintenance";
const DAY = 86_400;
/** 2026-01-01T00:00:00Z. */
const NEW_YEAR = 1_767_225_600;

function planWith(exclude: readonly ExclusionDeclaration[]): SloPlan {
  const plan = planOf({ sli, exclude }).services[0]?.slos[0];
  if (!plan) throw new Error("the plan has no SLO");
  return plan;
}

const declared: readonly ExclusionDeclaration[] = [
  { reason, weekly: { on: "sunday", at: "02:00", for: "2h" } },
  { reason, weekly: { on: ["friday", "monday", "tuesday", "wednesday", "thursday"], at: "22:30", for: "4h" } },
  { reason, weekly: { on: "saturday", at: "00:00", for: "2d" } },
  { reason, weekly: { on: ["monday", "sunday"], at: "23:30", for: "90m", offset: "+05:30" } },
  { reason, weekly: { on: "monday", at: "00:15", for: "6d", offset: "-08:00" } },
  { reason, monthly: { day: 1, at: "00:00", for: "1h" } },
  { reason, monthly: { day: 15, at: "18:30", for: "3d", offset: "-08:00" } },
  { reason, monthly: { day: 28, at: "12:00", for: "27d" } },
  { reason, monthly: { day: "last", at: "23:00", for: "3h" } },
  { reason, monthly: { day: "last", at: "00:00", for: "1d", offset: "+05:30" } },
];

const titled = declared.map((exclusion) => [JSON.stringify(exclusion.weekly ?? exclusion.monthly), exclusion] as const);

describe.each(titled)("%s", (_title, exclusion) => {
  test("begins when the calendar says", () => {
    const [read] = planWith([exclusion]).slo.exclusions;
    if (!read) throw new Error("it was not read");
    const [from, to] = [NEW_YEAR, NEW_YEAR + 1200 * DAY];
    expect(startsBetween(read.occurrences, from, to)).toEqual(calendarStarts(exclusion, from, to));
  });
});

/** By the language's own calendar, day by day. */
function calendarStarts({ weekly, monthly }: ExclusionDeclaration, from: number, to: number): number[] {
  const at = weekly?.at ?? monthly?.at ?? "";
  const days = Array.from({ length: (to - from) / DAY }, (_, day) => new Date((from + day * DAY) * 1000));
  const isOn = (date: Date): boolean => {
    const tomorrow = new Date(date.getTime() + DAY * 1000);
    if (monthly) return monthly.day === "last" ? tomorrow.getUTCDate() === 1 : date.getUTCDate() === monthly.day;
    const name = date.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }).toLowerCase();
    return [weekly?.on ?? []].flat().some((on) => on === name);
  };
  return days.filter(isOn).map((date) => Date.parse(`${date.toISOString().slice(0, 10)}T${at}:00Z`) / 1000);
}

describeWithEngine("promtool", "in PromQL", () => {
  test("every exclusion begins and ends to the second, also over midnight, month ends and a leap February", async () => {
    const claims = declared.flatMap((exclusion) => edges(planWith([exclusion])));
    expect(claims.length).toBeGreaterThan(200);
    await expectExpressions(claims);
  });

  test("two exclusions that overlap are one", async () => {
    const plan = planWith([
      { reason, from: "2026-01-01T00:00:00Z", to: "2026-01-01T02:00:00Z" },
      { reason, from: "2026-01-01T01:00:00Z", to: "2026-01-01T03:00:00Z" },
    ]);
    const at = (seconds: number, value: 0 | 1) => ({ at: NEW_YEAR + seconds, expr: excludedExpr(plan), value });
    await expectExpressions([at(0, 0), at(5400, 1), at(10_000, 1), at(12_000, 0)]);
  });
});

interface ValueClaim {
  readonly at: number;
  readonly expr: string;
  readonly value: 0 | 1;
}

/** A second before and at the begin and the end of occurrences over three years. */
function edges(plan: SloPlan): ValueClaim[] {
  const [exclusion] = plan.slo.exclusions;
  if (!exclusion) throw new Error("the plan has no exclusion");
  const { delay, length } = spanOf(exclusion, plan.slo, plan.measure);
  const all = startsBetween(exclusion.occurrences, NEW_YEAR, NEW_YEAR + 1200 * DAY);
  const some = all.filter((_start, index) => index < 4 || index % Math.ceil(all.length / 12) === 0);
  const expr = excludedExpr(plan);
  return some.flatMap((start) => {
    const begin = start - exclusion.offsetSeconds + delay;
    const end = begin + length;
    return [
      { at: begin - 1, expr, value: 0 as const },
      { at: begin, expr, value: 1 as const },
      { at: end - 1, expr, value: 1 as const },
      { at: end, expr, value: 0 as const },
    ];
  });
}

function excludedExpr({ groups }: SloPlan): string {
  const rule = groups
    .flatMap((group) => group.rules)
    .find((each) => each.type === "record" && each.record === "slo:excluded");
  if (!rule) throw new Error("nothing records the exclusion");
  return print(rule.expr);
}

async function expectExpressions(claims: readonly ValueClaim[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-exclusions-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const tests = claims.map(({ at, expr, value }) => ({
    expr,
    eval_time: `${at}s`,
    exp_samples: [{ labels: "{}", value }],
  }));
  const file = {
    rule_files: [],
    evaluation_interval: "1000d",
    tests: [{ interval: "1000d", promql_expr_test: tests }],
  };
  writeFileSync(join(dir, "tests.json"), JSON.stringify(file));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
}

/** From one o'clock to half past two. */
const exclude = [{ reason, from: "1970-01-01T01:00:00Z", to: "1970-01-01T02:30:00Z" }] as const;
const plan = (more: object = {}) => planOf({ sli, exclude, ...more });

/** Scrapes every 30s: so many minutes of health, then of an outage, and so on in turns. */
function traffic(...minutes: readonly number[]) {
  const runs = (bad: (turn: number) => number) => {
    let value = 0;
    const values = [0];
    minutes.forEach((length, turn) => {
      for (let scrape = 0; scrape < length * 2; scrape++) {
        value += bad(turn);
        values.push(value);
      }
    });
    return values.join(" ");
  };
  return {
    'up{job="a", instance="a"}': `1x${minutes.reduce((sum, each) => sum + each, 0) * 2}`,
    'requests_total{job="a", instance="a"}': runs(() => 30),
    'errors_total{job="a", instance="a"}': runs((turn) => (turn % 2 === 1 ? 30 : 0)),
  };
}

const pages = 'count by (alertname) (ALERTS{alertstate="firing", severity="page"})';
const ever = (alerts: string) => `count(count_over_time(ALERTS{${alerts}}[1d]))`;

describeWithEngine("promtool", "in an exclusion", () => {
  test("an outage costs nothing and alerts nobody; what lies outside is counted to the event", async () => {
    await expectHistories(plan(), [
      {
        series: traffic(65, 80, 95),
        claims: [
          ["90m", "slo:excluded * 1", { '{slo_service="svc", slo="s"}': 1 }],
          // The scrapes until 59m30s, and those from 2h32m on: what a reading of two minutes could hold is left out.
          ["4h", counted("total"), { "{}": 30 * (119 + 176) }],
          ["4h", counted("bad"), { "{}": 0 }],
          ["4h", ever('alertstate="firing"'), {}],
          ["4h", "min(min_over_time(slo:error_budget_remaining_ratio[3h]))", { "{}": 1 }],
        ],
      },
    ]);
  });

  test("a page that fires when it begins stays until it is over, and as long as the outage goes on", async () => {
    await expectHistories(plan(), [
      {
        series: traffic(50, 150, 40),
        claims: [
          ["59m", pages, { '{alertname="SloBurnPageFast"}': 1, '{alertname="SloBurnPageSlow"}': 1 }],
          [
            "3h19m",
            `min by (alertname) (count_over_time(ALERTS{alertstate="firing", severity="page"}[2h20m]))`,
            {
              '{alertname="SloBurnPageFast"}': 280,
              '{alertname="SloBurnPageSlow"}': 280,
            },
          ],
          ["3h59m", 'ALERTS{alertstate="firing", tier="page-fast"}', {}],
        ],
      },
    ]);
  });

  test("a page whose outage ends within it resolves when it is over", async () => {
    await expectHistories(plan(), [
      {
        series: traffic(50, 40, 150),
        claims: [
          ["2h30m", 'count(ALERTS{alertstate="firing", tier="page-fast"})', { "{}": 1 }],
          ["2h39m", 'count(ALERTS{alertstate="firing", tier="page-fast"})', {}],
        ],
      },
    ]);
  });

  test("an outage that outlasts it pages after it", async () => {
    await expectHistories(plan(), [
      {
        series: traffic(65, 135, 10),
        claims: [
          ["2h32m", ever('alertstate="firing"'), {}],
          ["2h36m", 'count(ALERTS{alertstate="firing", tier="page-fast"})', { "{}": 1 }],
        ],
      },
    ]);
  });

  test("targets that die within it, and stay dead, page after it and not before", async () => {
    const dead = {
      'up{job="a", instance="a"}': "1x150 0x250",
      'requests_total{job="a", instance="a"}': "0+30x150 stale",
      'errors_total{job="a", instance="a"}': "0x150 stale",
    };
    await expectHistories(plan(), [
      {
        series: dead,
        claims: [
          ["2h31m", ever('alertstate=~"firing|pending"'), {}],
          ["2h40m", firing("tier"), { '{tier="targets-down"}': 1 }],
        ],
      },
    ]);
  });

  test("targets that are down when it begins stay paged until they are back", async () => {
    const dead = {
      'up{job="a", instance="a"}': "1x60 0x240 1x60",
      'requests_total{job="a", instance="a"}': "0+30x60 stale _x239 0+30x60",
      'errors_total{job="a", instance="a"}': "0x60 stale _x239 0x60",
    };
    await expectHistories(plan(), [
      {
        series: dead,
        claims: [
          [
            "2h29m",
            'sum by (tier) (count_over_time(ALERTS{alertstate="firing", tier="targets-down"}[1h30m]))',
            {
              '{tier="targets-down"}': 180,
            },
          ],
          ["2h50m", 'ALERTS{tier="targets-down"}', {}],
        ],
      },
    ]);
  });
});
