/** Exclusions: when they are, to the second and against the library; and that nothing counts in them, in promtool. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
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

const rules: readonly [rrule: string, duration: `${number}h` | `${number}d` | `${number}m`, more?: object][] = [
  ["FREQ=WEEKLY;BYDAY=SU;BYHOUR=2;BYMINUTE=0", "2h"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=22;BYMINUTE=30", "4h"],
  ["FREQ=WEEKLY;BYDAY=SA;BYHOUR=0", "2d"],
  ["FREQ=DAILY;BYHOUR=3;BYMINUTE=15", "45m"],
  ["FREQ=DAILY;BYHOUR=23,11;BYMINUTE=30", "2h", { offset: "+05:30" }],
  ["FREQ=HOURLY;INTERVAL=6", "20m", { from: "2026-01-01T01:07:00Z" }],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;BYHOUR=9", "3h", { from: "2026-01-07T09:00:00Z" }],
  ["FREQ=WEEKLY;INTERVAL=2;UNTIL=20260401T000000Z", "3h", { from: "2026-01-07T09:00:00Z" }],
  ["FREQ=DAILY;COUNT=5", "6h", { from: "2026-02-26T20:00:00Z" }],
  ["FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=0", "1h"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=23", "3h"],
  ["FREQ=MONTHLY;BYDAY=1SU;BYHOUR=2", "2h", { offset: "-08:00" }],
  ["FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=18;BYMINUTE=30", "3d"],
  ["FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=12", "1h"],
  ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=12", "3d"],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;BYHOUR=0", "1d"],
  ["FREQ=YEARLY", "1d", { from: "2026-05-01T00:00:00+02:00", offset: "+02:00" }],
];

const declared = rules.map(([rrule, duration, more]) => ({ rrule, duration, reason, ...more }) as ExclusionDeclaration);

describe.each(declared)("$rrule", (exclusion) => {
  test("begins when the library says", () => {
    const [read] = planWith([exclusion]).slo.exclusions;
    if (!read || !("rrule" in exclusion)) throw new Error("it was not read");
    const first =
      "from" in exclusion && exclusion.from ? Date.parse(exclusion.from) / 1000 + read.offsetSeconds : undefined;
    const [from, to] = [NEW_YEAR, NEW_YEAR + 1200 * DAY];
    expect(startsBetween(read.occurrences, from, to)).toEqual(libraryStarts(exclusion.rrule, first, from, to));
  });
});

function libraryStarts(rrule: string, first: number | undefined, from: number, to: number): number[] {
  const rule = ICAL.Recur.fromString(rrule);
  // A Monday long before, at midnight.
  const begin = first ?? NEW_YEAR - 4 * 365 * DAY - 4 * DAY;
  const iterator = rule.iterator(
    ICAL.Time.fromString(new Date(begin * 1000).toISOString().slice(0, 19), undefined as never),
  );
  const starts: number[] = [];
  for (let next = iterator.next(); next && next.toUnixTime() < to; next = iterator.next())
    if (next.toUnixTime() >= from) starts.push(next.toUnixTime());
  return starts.sort((a, b) => a - b);
}

describeWithEngine("promtool", "in PromQL", () => {
  test("every rule begins and ends to the second, also over midnight, month ends and a leap February", async () => {
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
