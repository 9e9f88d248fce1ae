/** Tiers are sound for every window and objective: all can fire, none fires while the SLO is met, every exhausting burn alerts. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { burnAlertName } from "../../../src/compile/alert-names.ts";
import { detectionSeconds } from "../../../src/compile/tiers/burn-maths.ts";
import { resolveTiers, type Tiers } from "../../../src/compile/tiers/tiers.ts";
import type {
  AlertingDeclaration,
  Severity,
  SloDeclaration,
  TierDeclaration,
} from "../../../src/declare/declaration.ts";
import type { Slo } from "../../../src/model/service.ts";
import { parse } from "../../../src/parse/parse.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;

interface Given {
  readonly objective?: number;
  readonly groupBy?: SloDeclaration["groupBy"];
  readonly objectives?: SloDeclaration["objectives"];
  readonly window?: SloDeclaration["window"] | string;
  readonly alerting?: AlertingDeclaration;
  readonly scrapeInterval?: string;
  readonly evaluationInterval?: string;
}

function sloOf(given: Given): Slo {
  const slo = { name: "s", objective: 99.9, sli: { kind: "events", total: "a_total", bad: "b_total" }, ...given };
  const { services, issues } = parse({ services: [{ name: "svc", owner: "team", slos: [slo] }] });
  expect(issues.filter(({ level }) => level === "error")).toEqual([]);
  return services[0]?.slos[0] as Slo;
}

function tiersOf(given: Given): Tiers {
  return resolveTiers(sloOf(given));
}

function codes({ issues }: Tiers): string[] {
  return issues.map(({ code }) => code);
}

/** `name severity burn long/short`, in minutes. */
function brief({ tiers }: Tiers): string[] {
  return tiers.map(
    (tier) => `${tier.name} ${tier.severity} ${tier.burn} ${tier.longSeconds / MINUTE}/${tier.shortSeconds / MINUTE}`,
  );
}

describe("the default policy", () => {
  test("is the Workbook's over 30 days", () => {
    expect(brief(tiersOf({ window: "30d" }))).toEqual([
      "page-fast page 14.4 60/5",
      "page-slow page 6 360/30",
      "ticket-fast ticket 3 1440/120",
      "ticket-slow ticket 1 4320/360",
    ]);
  });

  test.each([
    [
      "7d",
      [
        "page-fast page 14.4 14/2",
        "page-slow page 6 84/7",
        "ticket-fast ticket 3 336/28",
        "ticket-slow ticket 1 1008/84",
      ],
    ],
    [
      "28d",
      [
        "page-fast page 14.4 56/4.5",
        "page-slow page 6 336/28",
        "ticket-fast ticket 3 1344/112",
        "ticket-slow ticket 1 4032/336",
      ],
    ],
    [
      "90d",
      [
        "page-fast page 14.4 180/15",
        "page-slow page 6 1080/90",
        "ticket-fast ticket 3 4320/360",
        "ticket-slow ticket 1 12960/1080",
      ],
    ],
  ])("keeps its factors and scales its windows over %s", (window, expected) => {
    expect(brief(tiersOf({ window }))).toEqual(expected);
  });

  test("spends the same share of any budget, but for rounding to evaluations", () => {
    for (const window of ["7d", "28d", "30d", "90d", "366d"]) {
      const shares = tiersOf({ window }).tiers.map((tier) => tier.budgetSpent);
      for (const [index, share] of [0.02, 0.05, 0.1, 0.1].entries()) expect(shares[index]).toBeCloseTo(share, 3);
    }
  });

  test.each([
    ...["1h", "6h", "7d", "14d", "28d", "90d", "180d", "366d"],
    ...(["day", "week", "month", "quarter", "year"] as const).map((calendar) => ({ calendar })),
  ])("is sound over %j", (window) => {
    const slo = sloOf({ window });
    const { tiers, dropped, issues } = resolveTiers(slo);
    expect(issues).toEqual([]);
    expect(tiers.length + dropped.length).toBe(4);
    expect(Math.min(...tiers.map(({ burn }) => burn))).toBe(1);
    expect(new Set(tiers.map(({ severity }) => severity))).toEqual(new Set(["page", "ticket"]));
    for (const { severity, burn, threshold, longSeconds, shortSeconds } of tiers) {
      if (severity === "page") expect(burn).toBeGreaterThanOrEqual(6);
      expect(threshold).toBeLessThan(1);
      expect(shortSeconds).toBeGreaterThanOrEqual(4 * slo.scrapeSeconds);
      expect(shortSeconds).toBeLessThan(longSeconds);
      expect(longSeconds).toBeLessThan(slo.windowSeconds);
    }
  });

  test("is that of 30 days for a calendar month, of 90 for a quarter", () => {
    expect(brief(tiersOf({ window: { calendar: "month" } }))).toEqual(brief(tiersOf({ window: "30d" })));
    expect(brief(tiersOf({ window: { calendar: "quarter" } }))).toEqual(brief(tiersOf({ window: "90d" })));
  });

  test("has thresholds without dust", () => {
    expect(tiersOf({}).tiers.map(({ threshold }) => threshold)).toEqual([0.0144, 0.006, 0.003, 0.001]);
    expect(tiersOf({ objective: 99.99 }).tiers.map(({ threshold }) => threshold)).toEqual([
      0.00144, 0.0006, 0.0003, 0.0001,
    ]);
  });

  test("is retuned where its pages could never fire, and says so", () => {
    const tiers = tiersOf({ objective: 90 });
    expect(brief(tiers).slice(0, 2)).toEqual(["page-fast page 8 60/5", "page-slow page 6 360/30"]);
    expect(codes(tiers)).toEqual(["tier-retuned"]);
    expect(detectionSeconds(HOUR, tiers.tiers[0]?.threshold ?? 0, 1) / MINUTE).toBeCloseTo(48, 6);
  });

  test("names each error budget once there, and of many the largest", () => {
    const objectives = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`m${at}`, 60 + (at % 10)]));
    const [issue] = tiersOf({ objective: 90, groupBy: ["model"], objectives }).issues;
    expect(issue?.message).toContain("is 40%, 39%, 38%, 37% or one of 7 others;");
  });
});

const seconds = fc.oneof(
  fc.constantFrom(HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 30 * DAY, 90 * DAY, 365 * DAY, 366 * DAY),
  fc.integer({ min: HOUR, max: 366 * DAY }),
);
const objective = fc.oneof(
  fc.constantFrom(1.1, 33.333333, 50, 75, 80, 90, 93, 95, 99, 99.9, 99.99, 99.999, 99.9999),
  fc.integer({ min: 1_000_001, max: 99_999_900 }).map((millionths) => millionths / 1e6),
);
const interval = fc.constantFrom("10s", "15s", "30s", "45s", "1m", "2m");
const any = fc.record({ seconds, objective, scrapeInterval: interval, evaluationInterval: interval });

/** Holds for every window and objective. */
function always(law: (tiers: Tiers, slo: Slo) => void): void {
  fc.assert(
    fc.property(any, ({ seconds: length, ...given }) => {
      const slo = sloOf({ ...given, window: `${length}s` });
      law(resolveTiers(slo), slo);
    }),
    { numRuns: 400 },
  );
}

/** Windows that are no shorter than what their four scrapes need: below, nothing can be scaled. */
function hasRoom(slo: Slo): boolean {
  return slo.windowSeconds > 8 * Math.max(slo.scrapeSeconds, slo.evaluationSeconds);
}

describe("for every window and objective", () => {
  test("every tier can fire, and none below the sustainable rate", () =>
    always(({ tiers }) => {
      for (const tier of tiers) {
        expect(tier.threshold).toBeLessThan(1);
        expect(tier.burn).toBeGreaterThanOrEqual(1);
      }
    }));

  test("there is a page and a ticket, and the slowest tier is 1×", () =>
    always(({ tiers, issues }) => {
      expect(new Set(tiers.map(({ severity }) => severity))).toEqual(new Set(["page", "ticket"]));
      expect(Math.min(...tiers.map(({ burn }) => burn))).toBe(1);
      expect(issues.filter(({ code }) => code !== "tier-retuned")).toEqual([]);
    }));

  test("pages are at least 6×, unless that cannot be reached, which is reported", () =>
    always(({ tiers, issues }) => {
      const slow = tiers.filter(({ severity, burn }) => severity === "page" && burn < 6);
      for (const tier of slow) {
        expect(tier.retuned).toBeDefined();
        expect(issues.some(({ code, message }) => code === "tier-retuned" && message.includes(tier.name))).toBe(true);
      }
      expect(issues.filter(({ code }) => code === "tier-retuned").length).toBe(
        tiers.filter(({ retuned }) => retuned !== undefined).length,
      );
    }));

  test("windows are whole evaluations, short ones hold four scrapes, and short < long < the SLO's", () =>
    always(({ tiers }, slo) => {
      if (!hasRoom(slo)) return;
      for (const { shortSeconds, longSeconds } of tiers) {
        expect([shortSeconds % slo.evaluationSeconds, longSeconds % slo.evaluationSeconds]).toEqual([0, 0]);
        expect(shortSeconds).toBeGreaterThanOrEqual(4 * slo.scrapeSeconds);
        expect(shortSeconds).toBeLessThan(longSeconds);
        expect(longSeconds).toBeLessThan(slo.windowSeconds);
      }
    }));

  test("no tier says what another of its severity says earlier", () =>
    always(({ tiers }) => {
      for (const one of tiers) {
        const shadow = tiers.find(
          (other) =>
            other !== one &&
            other.severity === one.severity &&
            other.longSeconds <= one.longSeconds &&
            other.shortSeconds <= one.shortSeconds &&
            other.burn <= one.burn,
        );
        expect(shadow).toBeUndefined();
      }
    }));

  test("every tier of the policy is kept or left out with a reason", () =>
    always(({ tiers, dropped }) => {
      expect([...tiers, ...dropped].map(({ name }) => name).sort()).toEqual([
        "page-fast",
        "page-slow",
        "ticket-fast",
        "ticket-slow",
      ]);
      expect(dropped.every(({ reason }) => reason !== "")).toBe(true);
    }));
});

const custom = (tier: object): TierDeclaration =>
  ({ name: "quick", severity: "page", long: "1h", short: "5m", burn: 14.4, ...tier }) as TierDeclaration;
const slowest = custom({ name: "lazy", severity: "ticket", long: "3d", short: "6h", burn: 1 });

describe("tiers of one's own", () => {
  test.each([
    [0.02, "1h", "30d", 14.4],
    [0.05, "6h", "30d", 6],
    [0.1, "1d", "30d", 3],
    [0.1, "3d", "30d", 1],
    [0.1, "1h", "7d", 16.8],
    [0.04, "5400s", "28d", 17.92],
    [0.01, "1h", "90d", 21.6],
  ] as const)("a budget of %d in %s of %s is a burn of %d", (budget, long, window, burn) => {
    const [tier] = tiersOf({ window, alerting: { tiers: [custom({ budget, burn: undefined, long }), slowest] } }).tiers;
    expect(tier).toMatchObject({ burn, budgetSpent: budget });
  });

  test("a burn is the share that it spends", () => {
    expect(tiersOf({ alerting: { tiers: [custom({ burn: 36 }), slowest] } }).tiers[0]).toMatchObject({
      burn: 36,
      budgetSpent: 0.05,
    });
  });

  test.each<[string, object, string[]]>([
    ["a burn below 1 is refused", { burn: 0.5 }, ["tier-below-one", "tiers-incomplete"]],
    [
      "a budget that comes to less than 1 is refused",
      { burn: undefined, budget: 0.001 },
      ["tier-below-one", "tiers-incomplete"],
    ],
    ["a long window as long as the SLO's is refused", { burn: 1, long: "30d" }, ["tier-invalid"]],
    ["a short window as long as the long one is refused", { burn: 1, short: "1h" }, ["tier-invalid"]],
    ["a burn that cannot be reached is retuned", { burn: 2000 }, ["tier-retuned", "tiers-incomplete"]],
    ["without a tier of 1× some exhausting burn is silent", { burn: 2 }, ["tiers-incomplete"]],
    ["with one, none is", { burn: 1 }, []],
  ])("%s", (_title, tier, expected) => {
    expect(codes(tiersOf({ alerting: { tiers: [custom(tier)] } }))).toEqual(expected);
  });

  test.each([
    ["1h", "5m"],
    ["5m", "2m"],
    // No short window of four scrapes is shorter.
    ["2m", undefined],
  ])("the short window that is proposed for %s holds enough samples: %s", (long, short) => {
    const tier = { burn: 1, long, short: "2h" };
    const [issue] = tiersOf({ alerting: { tiers: [custom(tier)] } }).issues;
    expect([issue?.code, /^Use (\w+):/.exec(issue?.hint ?? "")?.[1]]).toEqual(["tier-invalid", short]);
  });

  test("are kept in their order, also where one shadows another", () => {
    const tiers = tiersOf({
      alerting: { tiers: [custom({ burn: 20 }), custom({ name: "other", burn: 10 }), slowest] },
    });
    expect(tiers.tiers.map(({ name }) => name)).toEqual(["quick", "other", "lazy"]);
  });
});

describe("overrides", () => {
  test("leave a tier out", () => {
    const tiers = tiersOf({ alerting: { overrides: { "page-fast": { enabled: false } } } });
    expect(tiers.tiers.map(({ name }) => name)).toEqual(["page-slow", "ticket-fast", "ticket-slow"]);
    expect(codes(tiers)).toEqual([]);
  });

  test("that leave out the slowest tier leave a gap, which is an issue", () => {
    expect(codes(tiersOf({ alerting: { overrides: { "ticket-slow": { enabled: false } } } }))).toEqual([
      "tiers-incomplete",
    ]);
  });

  test("change the severity, and with it the alert's name", () => {
    const [tier] = tiersOf({ alerting: { overrides: { "page-fast": { severity: "ticket" } } } }).tiers;
    expect(tier).toMatchObject({ name: "page-fast", severity: "ticket", alert: "SloBurnPageFastTicket" });
  });

  test("set how long it burns before and fires after", () => {
    const { tiers } = tiersOf({
      alerting: { for: "1m", keepFiringFor: "10m", overrides: { "page-fast": { for: "2m", keepFiringFor: "5m" } } },
    });
    expect(tiers.map(({ forSeconds, keepFiringForSeconds }) => [forSeconds, keepFiringForSeconds])).toEqual([
      [120, 300],
      [60, 600],
      [60, 600],
      [60, 600],
    ]);
  });

  test("no burn alerts are made where alerting is off", () => {
    expect(tiersOf({ alerting: { enabled: false } })).toEqual({ tiers: [], dropped: [], issues: [] });
  });
});

describe("names of burn alerts", () => {
  test.each<[string, Severity, string]>([
    ["page-fast", "page", "SloBurnPageFast"],
    ["ticket-slow", "ticket", "SloBurnTicketSlow"],
    ["page-fast", "ticket", "SloBurnPageFastTicket"],
    ["quick", "page", "SloBurnQuickPage"],
    ["quick", "info", "SloBurnQuickInfo"],
    ["page", "page", "SloBurnPage"],
    ["page", "ticket", "SloBurnPageTicket"],
    ["page-fast-ticket", "page", "SloBurnPageFastTicketPage"],
  ])("tier %s at severity %s is %s", (tier, severity, name) => {
    expect(burnAlertName(tier, severity)).toBe(name);
  });

  test("never serve two severities", () => {
    const word = fc.oneof(
      fc.constantFrom("page", "ticket", "info", "fast", "slow", "a", "1", "a1"),
      fc.stringMatching(/^[a-z0-9]{1,3}$/),
    );
    const tier = fc
      .array(word, { minLength: 1, maxLength: 4 })
      .map((words) => words.join("-"))
      .filter((name) => /^[a-z]/.test(name));
    const severity = fc.constantFrom<Severity>("page", "ticket", "info");
    fc.assert(
      fc.property(tier, severity, tier, severity, (one, first, other, second) => {
        fc.pre(first !== second);
        expect(burnAlertName(one, first)).not.toBe(burnAlertName(other, second));
      }),
      { numRuns: 5000 },
    );
  });
});
