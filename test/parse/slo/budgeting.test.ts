/** Budgeting methods and composites as they are declared: what is read, and what is refused. */
import { describe, expect, test } from "vitest";
import { composite, gauge, timeSlices } from "../../../src/index.ts";
import { printPath } from "../../../src/issue.ts";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, service, slow } from "../valid.ts";

function parsed(...slos: readonly object[]) {
  return parse({ services: [{ ...service, slos }], platform });
}

/** `code path` of every issue. */
function issuesOf(...slos: readonly object[]): string[] {
  return parsed(...slos).issues.map(({ code, path }) => `${code} ${printPath(path)}`);
}

function budgetingOf(budgeting: unknown) {
  return parsed({ ...availability, budgeting }).services[0]?.slos[0]?.budgeting;
}

describe("budgeting", () => {
  test("counts events unless it says otherwise", () => {
    expect(budgetingOf(undefined)).toEqual({ kind: "events" });
    expect(budgetingOf("events")).toEqual({ kind: "events" });
  });

  test("reads slices with an exact share of bad events", () => {
    expect(budgetingOf(timeSlices({ slice: "5m", target: 99.9 }))).toEqual({
      kind: "timeSlices",
      sliceSeconds: 300,
      targetPercent: 99.9,
      badShare: 0.001,
    });
  });

  test.each([
    [{ kind: "timeSlices", slice: "5m" }, "missing-field gateway.slos[0].budgeting.target"],
    [{ kind: "timeSlices", slice: "5m", target: 0.99 }, "bad-value gateway.slos[0].budgeting.target"],
    [{ kind: "timeSlices", slice: "5m", target: 101 }, "bad-value gateway.slos[0].budgeting.target"],
    [{ kind: "timeSlices", slice: "2h", target: 99 }, "bad-duration gateway.slos[0].budgeting.slice"],
    [{ kind: "timeSlices", slice: "500ms", target: 99 }, "bad-duration gateway.slos[0].budgeting.slice"],
    [{ kind: "timeSlices", slice: "5m", target: 99, of: 1 }, "unknown-key gateway.slos[0].budgeting.of"],
  ])("%j is refused", (budgeting, issue) => {
    expect(issuesOf({ ...availability, budgeting })).toEqual([issue]);
  });

  test("does not judge slices a second time", () => {
    const sli = gauge({ metric: "queue_depth", op: "<", threshold: 10 });
    expect(issuesOf({ ...slow, sli, budgeting: timeSlices({ slice: "5m", target: 99 }) })).toEqual([
      "bad-value gateway.slos[0].budgeting",
    ]);
  });

  test("lets a slice without events be bad", () => {
    const budgeting = timeSlices({ slice: "5m", target: 99 });
    expect(issuesOf({ ...availability, noTraffic: "bad" })).toEqual(["bad-value gateway.slos[0].noTraffic"]);
    expect(issuesOf({ ...availability, noTraffic: "bad", budgeting })).toEqual([]);
  });
});

describe("a composite", () => {
  const of = ["gateway/availability", "gateway/latency"];
  const journey = { name: "journey", objective: 99, sli: composite({ as: "serial", of }) };

  test("names SLOs that exist", () => {
    expect(issuesOf(availability, slow, journey)).toEqual([]);
    const sli = { kind: "composite", as: "worst", of: ["gateway/availabilty", "latency"] };
    const { issues } = parsed(availability, slow, { ...journey, sli });
    expect(issues.map(({ code, hint }) => [code, hint])).toEqual([
      ["unknown-slo", "Write `gateway/availability`."],
      ["unknown-slo", "Write `gateway/latency`."],
    ]);
  });

  test("has weights where it is weighted", () => {
    const weights = [{ slo: "gateway/availability", weight: 2 }, "gateway/latency"];
    expect(
      issuesOf(availability, slow, { ...journey, sli: { kind: "composite", as: "weighted", of: weights } }),
    ).toEqual([]);
    expect(issuesOf(availability, slow, { ...journey, sli: { kind: "composite", as: "worst", of: weights } })).toEqual([
      "bad-value gateway.slos[2].sli.of",
    ]);
  });

  test.each([[["gateway/latency"]], [["gateway/latency", "gateway/latency"]]])("of %j is none", (some) => {
    expect(issuesOf(availability, slow, { ...journey, sli: { kind: "composite", as: "worst", of: some } })).toEqual([
      "bad-value gateway.slos[2].sli.of",
    ]);
  });

  test("is not made of composites, nor of itself", () => {
    const outer = {
      ...journey,
      name: "outer",
      sli: composite({ as: "worst", of: ["gateway/journey", "gateway/latency"] }),
    };
    expect(issuesOf(availability, slow, journey, outer)).toEqual(["bad-value gateway.slos[3].sli.of[0]"]);
    const own = { ...journey, sli: composite({ as: "worst", of: ["gateway/journey", "gateway/latency"] }) };
    expect(issuesOf(slow, own)).toEqual(["dependency-cycle gateway.slos[1].sli.of[0]"]);
  });

  test("is in no circle with what depends on it", () => {
    expect(issuesOf({ ...availability, dependsOn: ["gateway/journey"] }, slow, journey)).toEqual([
      "dependency-cycle gateway.slos[2].sli.of[0]",
    ]);
  });

  test("is grouped by what all components are grouped by", () => {
    expect(issuesOf(availability, slow, { ...journey, groupBy: ["model"] })).toEqual([
      "bad-value gateway.slos[2].groupBy",
    ]);
    expect(
      issuesOf(availability, { ...slow, groupBy: ["model", "region"] }, { ...journey, groupBy: ["model"] }),
    ).toEqual([]);
  });

  test.each([
    ["minEvents", 10],
    ["minBad", 10],
    ["eventsPerDay", 10],
    ["noTraffic", "good"],
    ["budgeting", timeSlices({ slice: "5m", target: 99 })],
  ])("counts nothing that %s could mean", (field, value) => {
    expect(issuesOf(availability, slow, { ...journey, [field]: value })).toEqual([
      `bad-value gateway.slos[2].${field}`,
    ]);
  });
});
