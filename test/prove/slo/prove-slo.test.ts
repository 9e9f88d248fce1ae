/** What is proven of an SLO, and what is named because it is not. */
import { describe, expect, test } from "vitest";
import type { SloPlan } from "../../../src/compile/plan.ts";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { MOST_EVALUATIONS } from "../../../src/prove/proof.ts";
import { proveService } from "../../../src/prove/service.ts";
import { proveSlo } from "../../../src/prove/slo/prove-slo.ts";
import { planWith } from "../../compile/spend/months.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const base: SloDeclaration = { name: "s", objective: 99.9, sli };

function provenOf(...slos: readonly SloDeclaration[]) {
  const { platform, services } = planWith({ slos });
  const [service] = services;
  if (!service) throw new Error("no service");
  return { ...proveService(service, platform), service };
}

function namedOf(...slos: readonly SloDeclaration[]): string[] {
  const { notProven } = provenOf(...slos);
  return notProven.map(({ name, alert, reason }) => `${name} ${alert}${reason ? ` ${reason}` : ""}`);
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
type Weekday = (typeof WEEKDAYS)[number];

describe("every alert of an SLO", () => {
  test("fires in a test, or is named with a reason", () => {
    const { runs, notProven, service } = provenOf(base, { ...base, name: "by", groupBy: ["model"] });
    const alerts = [service, ...service.slos].flatMap(({ alerts }) => alerts);
    const shown = runs.flatMap(({ members }) => members.flatMap(({ proof }) => proof.proves));
    expect(shown.length + notProven.length).toBe(alerts.length);
    expect(notProven.every(({ why }) => why.length > 0)).toBe(true);
  });

  test("of a calendar period fires too", () => {
    expect(namedOf({ ...base, window: { calendar: "month" } })).toEqual([]);
  });

  test("is named where no series can be made of an expression, unless none at all are needed", () => {
    const expression = { promql: "sum(rate(x_total[$window]))" };
    const named = namedOf({ ...base, sli: { kind: "events", total: expression, bad: expression } });
    expect(named).toContain("s SloBurnPageFast");
    expect(named).not.toContain("s SloBroken never-any-data");
  });

  test("is named where it could never fire", () => {
    const always = { ...base, sli: { kind: "probe", metric: "probe_success" } } as const;
    // Where silence counts there is no alert on silence, and so none to be named.
    expect(namedOf(always).filter((name) => name.includes("SloNoData"))).toEqual([]);
    expect(namedOf({ ...always, groupBy: ["instance"] })).toContain("s SloBroken group-label-missing");
  });

  test("is named where its rules are evaluated at another pace than most", () => {
    const other = { ...base, name: "seldom", evaluationInterval: "1m" } as const;
    const named = namedOf(base, { ...base, name: "second" }, other).filter((name) => name.startsWith("seldom"));
    expect(named).toContain("seldom SloBurnPageFast");
    expect(named.length).toBeGreaterThan(9);
  });

  test("is shown on a day on which nothing is excluded, and named where there is none", () => {
    const on = (...weekdays: Weekday[]) => {
      const repairs = { reason: "repairs", weekly: { on: weekdays, at: "00:00", for: "2h" } } as const;
      return namedOf({ ...base, exclude: [repairs] });
    };
    expect(on("thursday")).toEqual([]);
    expect(on(...WEEKDAYS)).toContain("s SloBurnPageFast");
  });

  test("is shown on the same day where its history is made brief to share a run", () => {
    const repairs = { reason: "repairs", weekly: { on: ["thursday"], at: "00:00", for: "2h" } } as const;
    const { platform, services } = planWith({ slos: [{ ...base, exclude: [repairs] }] });
    const [plan] = services[0]?.slos ?? [];
    const { proofs } = proveSlo(plan as SloPlan, [], platform);
    const briefs = proofs.flatMap((proof) => proof.brief?.() ?? []);
    expect(briefs.length).toBeGreaterThan(0);
    expect(briefs.map(({ startSeconds }) => startSeconds)).not.toContain(undefined);
  });

  test("fails where its tier was forgotten, and not where it was left out", () => {
    const { service, runs } = provenOf(base);
    const { platform } = planWith({ slos: [base] });
    const [slo] = service.slos;
    if (!slo) throw new Error("no SLO");
    const forgotten = { ...slo, alerts: slo.alerts.filter(({ labels }) => labels.tier !== "page-slow") };
    const scenarios = (one: SloPlan) =>
      proveService({ ...service, slos: [one] }, platform).runs.map((run) => run.scenario);
    expect(scenarios(forgotten)).toEqual(runs.map(({ scenario }) => scenario));
    const left = { ...forgotten, dropped: [{ name: "page-slow", reason: "as a test of it" }] };
    expect(scenarios(left)).not.toContain("page-slow");
  });

  test("is named where a steady share of bad events does not spend the budget in time, or is no measure of it", () => {
    const alerting = { budget: { exhausted: true, below: [0.25], forecast: "12h" } } as const;
    expect(namedOf({ ...base, alerting }).filter((name) => name.includes("Budget"))).toEqual(["s SloBudgetForecast"]);
    const loose = namedOf({ ...base, objective: 90, alerting });
    expect(loose).toEqual(expect.arrayContaining(["s SloBudgetExhausted", "s SloBudgetLow"]));
    const calendar = namedOf({ ...base, window: { calendar: "month" }, alerting });
    expect(calendar).toEqual(expect.arrayContaining(["s SloBudgetExhausted", "s SloBudgetLow"]));
  });

  test("of a policy fires in a test of its own", () => {
    const policy = { warnBelow: 0.5, freezeAt: 0.1 };
    const { runs } = provenOf({ ...base, policy });
    const proven = runs.flatMap(({ members }) =>
      members.flatMap(({ proof }) => proof.proves.map(({ alert }) => alert)),
    );
    expect(proven).toEqual(expect.arrayContaining(["SloPolicyWarn", "SloPolicyFreeze"]));
    expect(namedOf({ ...base, objective: 90, policy })).toEqual(expect.arrayContaining(["s SloPolicyFreeze"]));
  });

  test("is named where its history would be too long", () => {
    expect(namedOf({ ...base, objective: 50 })).toContain("s SloBurnTicketSlow");
  });
});

test("a group with an objective of its own has tests of its own", () => {
  const { runs } = provenOf({ ...base, groupBy: ["model"], objectives: { "gpt-4": 99 } });
  const names = runs.map(({ scenario }) => scenario).filter((name) => name.endsWith(" of gpt-4"));
  expect(names).toEqual(["page-fast", "page-slow", "ticket-fast", "ticket-slow"].map((name) => `${name} of gpt-4`));
});

test("what is left of the budget is expected where a history makes it certain", () => {
  const expectations = provenOf(base).runs.flatMap((run) => run.members.flatMap(({ proof }) => proof.expectations));
  const left = expectations.filter(({ query }) => query.includes("slo:error_budget_remaining_ratio"));
  // 5 % of all events were bad, fifty times what may be, and the rules were seen in one of 360 looks at the month.
  expect(left.map(({ samples }) => samples.map(({ value }) => value))).toEqual([[0.861]]);
});

describe("tests", () => {
  test("have a thousand evaluations at most", () => {
    const { runs, everySeconds } = provenOf(base, { ...base, name: "loose", objective: 95 });
    for (const { members, evaluatedSeconds = everySeconds } of runs)
      for (const { proof } of members)
        expect(proof.untilSeconds / evaluatedSeconds).toBeLessThanOrEqual(MOST_EVALUATIONS);
  });

  test("always have two groups that burn at once, and one that does not", () => {
    const { runs } = provenOf({ ...base, groupBy: ["model"] });
    const page = runs.find(({ scenario }) => scenario === "page-fast");
    const series = page?.members.flatMap((member) => member.series) ?? [];
    expect(series.filter(({ series: name }) => name.startsWith("errors_total")).length).toBe(2);
    expect(series.filter(({ series: name }) => name.startsWith("requests_total")).length).toBe(3);
  });

  test("are shared by SLOs that read different metrics, and by no others", () => {
    const other = { ...base, name: "other", sli: { ...sli, total: "calls_total", bad: "failed_total" } };
    const members = (...slos: SloDeclaration[]) =>
      provenOf(...slos)
        .runs.filter(({ scenario }) => scenario === "page-fast")
        .map((run) => run.members.map(({ proof }) => proof.name));
    expect(members(base, other)).toEqual([["other", "s"]]);
    expect(members(base, { ...base, name: "twin", objective: 99 })).toEqual([["s"], ["twin"]]);
  });

  test("do not depend on the order of SLOs", () => {
    const other = { ...base, name: "other", groupBy: ["model"] };
    const texts = (...slos: SloDeclaration[]) => JSON.stringify(provenOf(...slos).runs);
    expect(texts(base, other)).toBe(texts(other, base));
  });
});
