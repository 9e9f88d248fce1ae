/** What a change of declarations means, fact by fact. */
import { describe, expect, test } from "vitest";
import { type Diff, diff } from "../../src/diff/diff.ts";
import { eur, events, experiment, latency, spend, usd } from "../../src/index.ts";
import { availability, broken, fact, planOf, platform, shop, shopBecomes, sloBecomes, slow } from "./planned.ts";

const daily = spend({ name: "daily", metric: "cost_dollars_total", per: "day", limit: usd(500), by: ["model"] });

function changesOf({ changes }: Diff): string[][] {
  return changes.map(({ type, kind, id }) => [type, kind, id]);
}

function recounted({ breaks }: Diff) {
  return breaks.filter(({ kind }) => kind === "recounted");
}

function slosOf({ changes }: Diff) {
  return changes.filter(({ type }) => type === "slo");
}

test("nothing changes between equal declarations, whatever their order", () => {
  expect(shopBecomes({ slos: [slow, availability] })).toEqual({ changes: [], breaks: [] });
});

describe("of an SLO", () => {
  const raised = sloBecomes({ objective: 99.95 });

  test("an objective is reported with its budget in minutes and the time until a page", () => {
    expect(changesOf(raised)).toEqual([["slo", "changed", "shop/availability"]]);
    expect(fact(raised, "shop/availability", "objectivePercent")).toEqual([99.9, 99.95]);
    expect(fact(raised, "shop/availability", "budgetMinutes")).toEqual([43.2, 21.6]);
    expect(fact(raised, "shop/availability", "pagesWithinSeconds")).toEqual([131.84, 105.92]);
  });

  test("each tier is reported with its threshold and the time that it needs", () => {
    expect(fact(raised, "shop/availability", "tiers.page-fast")).toEqual([
      expect.objectContaining({ thresholdRatio: 0.0144, detectionSeconds: 51.84, pipelineSeconds: 70 }),
      expect.objectContaining({ thresholdRatio: 0.0072, detectionSeconds: 25.92, pipelineSeconds: 70 }),
    ]);
  });

  test("a tier that resets within a time has the pipeline in it, as the time to detect has, and no `for`", () => {
    const held = sloBecomes({ alerting: { for: "10m" } });
    const tier = held.changes.flatMap(({ facts }) => facts).find(({ field }) => field === "tiers.page-fast");
    // 4m56s until less than 1.44 % of five minutes is bad, 5m kept, 1m10s of scraping and evaluating.
    expect([tier?.before?.words, tier?.after?.words]).toEqual([
      expect.stringContaining("detects within 2m2s, resets within 11m6s"),
      expect.stringContaining("detects within 12m2s, resets within 11m6s"),
    ]);
  });

  test("a tier that groups cap otherwise is written otherwise", () => {
    const groupsAt = (objective: number) =>
      planOf({
        ...shop,
        slos: [{ ...availability, objective: 99, groupBy: ["model"], objectives: { big: objective } }],
      });
    const { changes } = diff(groupsAt(91), groupsAt(92));
    const tier = changes.flatMap(({ facts }) => facts).find(({ field }) => field === "tiers.page-fast");
    expect(tier?.before?.words).toMatch(/error budget is 9%/);
    expect(tier?.after?.words).toMatch(/error budget is 8%/);
  });

  test("rules that differ are counted", () => {
    const [change] = raised.changes;
    expect(change?.rules.differing).toBeGreaterThan(0);
    expect(change?.rules.differing).toBeLessThan(change?.rules.after ?? 0);
  });

  test("window, group labels, SLI and exclusions are reported", () => {
    expect(fact(sloBecomes({ window: "28d" }), "shop/availability", "windows")).toEqual([["30d"], ["28d"]]);
    expect(fact(sloBecomes({ groupBy: ["model"] }), "shop/availability", "groupLabels")).toEqual([[], ["model"]]);
    const counted = sloBecomes({ sli: { kind: "events", total: "requests_total", bad: "failures_total" } });
    expect(fact(counted, "shop/availability", "bad")[1]).toContain("failures_total");
    const excluded = sloBecomes({
      exclude: [{ from: "2026-12-24T00:00:00Z", to: "2026-12-25T00:00:00Z", reason: "move" }],
    });
    expect(fact(excluded, "shop/availability", "exclusions")).toEqual([undefined, [expect.stringContaining("move")]]);
  });

  test("an alert that is new is reported with its severity", () => {
    const more = sloBecomes({ alerting: { budget: { exhausted: true } } });
    expect(fact(more, "shop/availability", "alerts.SloBudgetExhausted")).toEqual([
      undefined,
      { severity: "ticket", rules: 1 },
    ]);
    expect(broken(more)).toEqual([]);
  });

  test("any other field is reported as it was declared", () => {
    expect(fact(sloBecomes({ reviewBy: "2027-01-31" }), "shop/availability", "reviewBy")).toEqual([
      undefined,
      "2027-01-31",
    ]);
    expect(fact(sloBecomes({ description: "shoppers" }), "shop/availability", "description")).toEqual([
      undefined,
      "shoppers",
    ]);
  });

  test("one that is added or removed breaks nothing, or all of its alerts", () => {
    const fewer = shopBecomes({ slos: [slow] });
    expect(changesOf(fewer)).toContainEqual(["slo", "removed", "shop/availability"]);
    expect(broken(fewer)).toEqual([["removed", "shop/availability"]]);
    const more = diff(planOf({ ...shop, slos: [slow] }), planOf(shop));
    expect(changesOf(more)).toContainEqual(["slo", "added", "shop/availability"]);
    expect(broken(more)).toEqual([]);
  });
});

describe("a name that is new", () => {
  test("is a rename where the same is counted by the same labels", () => {
    const renamed = sloBecomes({ name: "success", objective: 99.95 });
    expect(slosOf(renamed).map(({ kind, id, formerId }) => [kind, id, formerId])).toEqual([
      ["renamed", "shop/success", "shop/availability"],
    ]);
    expect(fact(renamed, "shop/success", "objectivePercent")).toEqual([99.9, 99.95]);
    expect(renamed.breaks).toMatchObject([{ kind: "renamed", youngSeconds: 30 * 86_400 }]);
    expect(renamed.breaks[0]?.remedy).toContain("passes.mjs generated/prometheus/shop.rules.yaml");
  });

  test("ends silences, which other group labels do not", () => {
    const messages = [sloBecomes({ name: "success" }), sloBecomes({ groupBy: ["model"] })].map(
      ({ breaks }) => breaks[0]?.message ?? "",
    );
    expect(messages.map((message) => /silences/i.test(message))).toEqual([true, false]);
  });

  test("is a rename where the declaration says so, though something else is counted", () => {
    const sli = { kind: "events", total: "hits_total", bad: "misses_total" } as const;
    expect(slosOf(sloBecomes({ name: "success", sli, formerly: ["availability"] }))).toMatchObject([
      { kind: "renamed", formerId: "shop/availability" },
    ]);
    expect(slosOf(sloBecomes({ name: "success", sli })).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });

  test("is a rename where SLO and service say so together, though something else is counted", () => {
    const sli = { kind: "events", total: "hits_total", bad: "misses_total" } as const;
    const success = { ...availability, name: "success", sli, formerly: ["availability"] };
    const after = planOf({ ...shop, name: "till", formerly: ["shop"], slos: [success, slow] });
    expect(slosOf(diff(planOf(shop), after)).map(({ kind, id, formerId }) => [kind, id, formerId])).toEqual([
      ["renamed", "till/latency", "shop/latency"],
      ["renamed", "till/success", "shop/availability"],
    ]);
  });

  test("goes to the one with the same objective where two count the same", () => {
    const strict = { ...availability, name: "strict", objective: 99.99 };
    const before = planOf({ ...shop, slos: [availability, strict] });
    const after = planOf({
      ...shop,
      slos: [
        { ...availability, name: "a" },
        { ...strict, name: "b" },
      ],
    });
    expect(slosOf(diff(before, after)).map(({ id, formerId }) => [id, formerId])).toEqual([
      ["shop/a", "shop/availability"],
      ["shop/b", "shop/strict"],
    ]);
  });

  test("follows an SLO into another service", () => {
    const after = planOf([
      { ...shop, slos: [slow] },
      { ...shop, name: "till", slos: [availability] },
    ]);
    expect(diff(planOf(shop), after).changes).toContainEqual(
      expect.objectContaining({ kind: "renamed", id: "till/availability", formerId: "shop/availability" }),
    );
  });
});

describe("what breaks", () => {
  test("advises to keep a name only where one changed", () => {
    expect(sloBecomes({ name: "success" }).breaks[0]?.remedy).toMatch(/^Keep the name, or backfill /);
    expect(sloBecomes({ groupBy: ["model"] }).breaks[0]?.remedy).toMatch(
      /^Give it another name as well .*, or backfill /,
    );
  });

  test.each([
    ["a lower objective", sloBecomes({ objective: 99.5 }), ["loosened"]],
    ["a higher objective", sloBecomes({ objective: 99.95 }), []],
    ["other group labels", sloBecomes({ groupBy: ["model"] }), ["recounted"]],
    [
      "another SLI",
      sloBecomes({ sli: { kind: "events", total: "requests_total", bad: "failures_total" } }),
      ["recounted"],
    ],
    ["a period of the calendar", sloBecomes({ window: { calendar: "month" } }), ["recounted"]],
    ["another window", sloBecomes({ window: "28d" }), []],
    ["a window that needs tiles of an hour, which nothing made before", sloBecomes({ window: "120d" }), ["recounted"]],
    ["another generation", sloBecomes({ generation: 2 }), ["recounted"]],
    [
      "a page made a ticket",
      sloBecomes({ alerting: { overrides: { "page-slow": { severity: "ticket" } } } }),
      ["demoted"],
    ],
    [
      "a ticket made a page",
      sloBecomes({ alerting: { overrides: { "ticket-fast": { severity: "page" } } } }),
      ["alert-renamed"],
    ],
    ["a tier turned off", sloBecomes({ alerting: { overrides: { "page-slow": { enabled: false } } } }), ["alert-gone"]],
  ] as const)("%s", (_name, { breaks }, kinds) => {
    expect(breaks.map(({ kind }) => kind)).toEqual(kinds);
    expect(breaks.map(({ id }) => id)).toEqual(kinds.map(() => "shop/availability"));
  });

  test("a calendar period is complete again when the next begins", () => {
    const [first] = recounted(sloBecomes({ window: { calendar: "month" } }));
    expect(first?.message).toContain("complete again when the next month begins");
  });

  test.each([
    ["other tiles", "45s", ["shop/availability"]],
    ["the same tiles", "1m", []],
  ] as const)("evaluations that need %s", (_name, evaluationInterval, ids) => {
    expect(recounted(sloBecomes({ evaluationInterval })).map(({ id }) => id)).toEqual(ids);
  });

  test("says that counting the good instead of the bad pages without a failure, and for how long", () => {
    const sli = { kind: "events", total: "requests_total", good: "served_total" } as const;
    expect(recounted(sloBecomes({ sli }))[0]?.message).toMatch(/pages without any failure for up to 10m/);
    const overrides = { "page-fast": { enabled: false }, "page-slow": { enabled: false } };
    const tickets = recounted(sloBecomes({ sli, alerting: { overrides } }));
    expect(tickets[0]?.message).toMatch(/opens tickets without any failure for up to 6h/);
    const back = diff(planOf({ ...shop, slos: [{ ...availability, sli }] }), planOf({ ...shop, slos: [availability] }));
    expect(recounted(back)[0]?.message).not.toMatch(/without any failure/);
  });

  test("an objective that comes down with a reason is accepted, from the objective that the reason names", () => {
    const lowered = (from: number) => sloBecomes({ objective: 99.5, loosened: { from, why: "Agreed." } }).breaks;
    expect(lowered(99.9).map(({ kind, accepted }) => [kind, accepted])).toEqual([["loosened", "Agreed."]]);
    expect(lowered(99.95).map(({ kind, accepted }) => [kind, accepted])).toEqual([["loosened", undefined]]);
  });

  test("the objective of a single group that comes down, also to that of all", () => {
    const grouped = { ...availability, groupBy: ["model"], objectives: { big: 99.99 } };
    const before = planOf({ ...shop, slos: [grouped] });
    const lower = planOf({ ...shop, slos: [{ ...grouped, objectives: { big: 99.95 } }] });
    expect(broken(diff(before, lower))).toEqual([["loosened", "shop/availability"]]);
    const none = planOf({ ...shop, slos: [{ ...availability, groupBy: ["model"] }] });
    expect(broken(diff(before, none))).toEqual([["loosened", "shop/availability"]]);
    expect(broken(diff(none, before))).toEqual([]);
  });

  test("a page that no generated test makes fire", () => {
    const before = planOf(shop);
    const after = planOf({
      ...shop,
      slos: [
        slow,
        {
          ...availability,
          alerting: {
            tiers: [
              { name: "page-odd", severity: "page", long: "20d", short: "10d", burn: 6 },
              { name: "ticket-slow", severity: "ticket", long: "3d", short: "6h", burn: 1 },
            ],
          },
        },
      ],
    });
    expect(broken(diff(before, after))).toContainEqual(["unproven", "shop/availability"]);
    expect(broken(diff(after, after))).toEqual([]);
  });
});

describe("who is notified", () => {
  const elsewhere = {
    ...platform,
    receivers: { ...platform.receivers, web: { page: { opsgenie: { secret: "og" } } } },
  };

  test("is reported once for a team, not for each of its SLOs", () => {
    const moved = shopBecomes({}, elsewhere);
    expect(changesOf(moved)).toEqual([["audience", "changed", "web page"]]);
    expect(fact(moved, "web page", "receiver")).toEqual(["PagerDuty (pd)", "Opsgenie (og)"]);
    expect(broken(moved)).toEqual([["rerouted", "web page"]]);
  });

  test("changes with the owner, which the service tells", () => {
    const given = shopBecomes({ owner: "growth" });
    expect(fact(given, "shop", "owner")).toEqual(["web", "growth"]);
    expect(fact(given, "shop", "notified.page")).toEqual(["PagerDuty (pd)", "Opsgenie (growth)"]);
    expect(broken(given)).toEqual([["rerouted", "shop"]]);
    expect(fact(given, "shop/availability", "notified.page")).toEqual([undefined, undefined]);
  });

  test("matters for what fires at the deployment, and differently where an owner changes: its alerts are others", () => {
    const remedies = [shopBecomes({}, elsewhere), shopBecomes({ owner: "growth" })].map(
      ({ breaks: [only] }) => only?.remedy ?? "",
    );
    expect(remedies).toEqual([
      expect.stringMatching(/fires.*`Opsgenie \(og\)`.*`PagerDuty \(pd\)`/),
      expect.stringMatching(/fires.*again at `Opsgenie \(growth\)`.*`PagerDuty \(pd\)`/),
    ]);
  });

  test("is nobody any more", () => {
    const { page: _page, ...rest } = platform.receivers?.default ?? {};
    const silent = shopBecomes({}, { ...platform, receivers: { default: rest } });
    expect(broken(silent)).toEqual([["unrouted", "web page"]]);
    const none = shopBecomes({}, { ...platform, receivers: {} });
    expect(broken(none)).toContainEqual(["unrouted", "web page"]);
  });

  test("is nobody's business where firebreak routes nothing", () => {
    const bare = { ...platform, receivers: {} };
    const { breaks, changes } = diff(planOf([], bare), planOf(shop, bare));
    expect(breaks).toEqual([]);
    expect(JSON.stringify(changes)).not.toContain("told.");
  });
});

describe("of a budget", () => {
  const becomes = (changed: Partial<typeof daily>) =>
    diff(
      planOf({ ...shop, budgets: [daily] }),
      planOf({ ...shop, budgets: [{ ...daily, ...changed } as typeof daily] }),
    );

  test("a limit is reported in its unit, and breaks something where it is raised or gone", () => {
    const higher = becomes({ limit: usd(800) });
    expect(fact(higher, "shop/daily", "limitDollars")).toEqual([500, 800]);
    expect(broken(higher)).toEqual([["raised", "shop/daily"]]);
    expect(broken(becomes({ limit: usd(300) }))).toEqual([]);
    const limits = { ...daily, limits: { big: usd(5) } };
    const fewer = diff(planOf({ ...shop, budgets: [limits] }), planOf({ ...shop, budgets: [daily] }));
    expect(fact(fewer, "shop/daily", "limitsDollars.big")).toEqual([5, undefined]);
    expect(broken(fewer)).toContainEqual(["raised", "shop/daily"]);
  });

  test("a value that is listed or no longer listed is compared with the limit of each other", () => {
    const split = { ...daily, by: ["team"], limitEach: usd(20) };
    const limited = (limits: Record<string, ReturnType<typeof usd>>) =>
      planOf({ ...shop, budgets: [{ ...split, limits }] });
    const [none, more, less] = [limited({}), limited({ search: usd(50) }), limited({ search: usd(5) })];
    const raises = (...[before, after]: Parameters<typeof diff>) =>
      diff(before, after).breaks.some(({ kind }) => kind === "raised");
    expect([raises(none, more), raises(less, none)]).toEqual([true, true]);
    expect([raises(none, less), raises(more, none)]).toEqual([false, false]);
  });

  test("a limit that is raised together with what is counted is reported too", () => {
    expect(broken(becomes({ metric: "paid_dollars_total", limit: usd(800) }))).toContainEqual(["raised", "shop/daily"]);
  });

  test("another period or unit begins anew", () => {
    expect(recounted(becomes({ per: "month" }))[0]?.message).toMatch(/loses its history: the budget starts full/);
    expect(recounted(becomes({ limit: eur(500) }))[0]?.message).toMatch(
      /in euros instead of dollars and loses its history/,
    );
  });

  test("what is summed goes on with another metric, another price and at another offset: the sum holds both", () => {
    const priced = (input: number, more: Partial<typeof daily> = {}) => {
      const prices = {
        tokens: "tokens_total",
        model: "model",
        type: "type",
        per: "1M",
        models: { a: { input: usd(input) } },
      };
      return planOf({ ...shop, budgets: [{ ...daily, metric: undefined, prices, ...more } as typeof daily] });
    };
    const [dearer] = recounted(diff(priced(1), priced(3)));
    expect(dearer?.message).toMatch(/its sum holds both until the next day begins/);
    const price = diff(priced(0.1), priced(3)).changes[0]?.facts.find(({ field }) => field === "prices.a");
    expect([price?.before?.words, price?.after?.words]).toEqual(["input $0.10", "input $3"]);
    expect(recounted(becomes({ metric: "paid_dollars_total" }))[0]?.message).toMatch(/its sum holds both/);
    expect(recounted(diff(priced(1, { per: "7d" }), priced(3, { per: "7d" })))[0]?.youngSeconds).toBe(604_800);
    expect(recounted(becomes({ offset: "+02:00" }))).toEqual([]);
    expect(fact(becomes({ offset: "+02:00" }), "shop/daily", "offsetSeconds")).toEqual([0, 7200]);
  });

  test("other labels keep part of the overall sum, and single values begin anew", () => {
    const [split] = recounted(becomes({ by: ["team"] }));
    expect(split?.message).toMatch(/begin at zero, and the overall sum keeps/);
    const identity = { ...platform, identity: ["cluster"] };
    const moved = diff(planOf({ ...shop, budgets: [daily] }), planOf({ ...shop, budgets: [daily] }, identity));
    expect(recounted(moved).find(({ id }) => id === "shop/daily")?.message).toMatch(/loses its history/);
  });

  test("one that is new, gone or has another name", () => {
    const added = shopBecomes({ budgets: [daily] });
    expect(changesOf(added)).toContainEqual(["budget", "added", "shop/daily"]);
    expect(broken(added)).toEqual([]);
    expect(broken(diff(planOf({ ...shop, budgets: [daily] }), planOf(shop)))).toEqual([["removed", "shop/daily"]]);
    const renamed = becomes({ name: "each-day" });
    expect(renamed.breaks).toMatchObject([{ kind: "renamed", id: "shop/each-day" }]);
    expect(renamed.breaks[0]).not.toHaveProperty("youngSeconds");
  });
});

describe("of an experiment", () => {
  const success = { name: "success", sli: events({ total: "requests_total", bad: "errors_total" }) };
  const fast = { name: "fast", sli: latency({ histogram: "request_duration_seconds", threshold: "1s" }) };
  const trial = experiment({ name: "trial", label: "variant", baseline: "A", slis: [success, fast] });
  const becomes = (changed: Partial<typeof trial>): Diff =>
    diff(planOf({ ...shop, experiments: [trial] }), planOf({ ...shop, experiments: [{ ...trial, ...changed }] }));

  test("an SLI that counts something else is named, since it mixes both", () => {
    const other = { ...success, sli: events({ total: "requests_total", bad: "failures_total" }) };
    const changed = becomes({ slis: [other, fast] });
    expect(broken(changed)).toEqual([["recounted", "shop/trial"]]);
    expect(changed.breaks[0]?.message).toContain("`success`");
    expect(fact(changed, "shop/trial", "bad.success")).not.toContain(undefined);
  });

  test.each([
    ["an SLI that is gone", { slis: [success] }],
    ["another baseline", { baseline: "B" }],
    ["another window", { window: "12h" as const }],
  ])("%s mixes nothing", (_name, changed) => {
    const { changes, breaks } = becomes(changed);
    expect(changes.map(({ id }) => id)).toEqual(["shop/trial"]);
    expect(breaks).toEqual([]);
  });

  test("neither does a new SLI", () => {
    expect(
      diff(planOf({ ...shop, experiments: [{ ...trial, slis: [fast] }] }), planOf({ ...shop, experiments: [trial] }))
        .breaks,
    ).toEqual([]);
  });

  test("nobody is told to wait for the end of a period, which it has not", () => {
    const advice = [becomes({ label: "flavour" }), becomes({ name: "try" })].map(
      ({ breaks }) => breaks[0]?.remedy ?? "",
    );
    expect(advice.join()).not.toMatch(/period|backfill/);
  });
});

test("who is notified of a new or removed service is said once, and of its SLOs what differs", () => {
  const till = { ...shop, name: "till" };
  const { changes } = diff(planOf([shop, till]), planOf(shop));
  const notified = changes.map(({ id, facts }) => [
    id,
    facts.filter(({ field }) => field.startsWith("notified.")).length,
  ]);
  expect(notified).toEqual([
    ["till", 2],
    ["till/availability", 0],
    ["till/latency", 0],
  ]);
});

test("a changed platform is reported, also where no rule changes", () => {
  const { changes } = shopBecomes({}, { ...platform, retention: "90d" });
  expect(changes).toMatchObject([{ type: "platform", facts: [{ field: "retentionSeconds" }] }]);
});
