/** How long a service fails completely before its first page. */
import { expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, planOf, run } from "../findings.ts";

const found = (...slos: object[]) => findingsOf("late pages", slos.map(named));
const named = (more: object, index: number) => ({ ...availability, name: `slo-${index}`, ...more });

const LATE = ["pages-late gateway.slos[0].objective"];

test.each([
  [99, []],
  [97, []],
  [96, LATE],
  [95, LATE],
  [50, LATE],
])("of a service with an objective of %s%% alone", (objective, expected) =>
  expect(found({ objective })).toEqual(expected),
);

test("a long window makes pages late at a higher objective", () =>
  expect(found({ objective: 99, window: "365d" })).toEqual(LATE));

test("a shorter long window of a page makes them early", () => {
  const tiers = [
    { name: "page", severity: "page", long: "15m", short: "5m", burn: 14.4 },
    { name: "ticket", severity: "ticket", long: "3d", short: "6h", burn: 1 },
  ];
  expect(found({ objective: 95, alerting: { tiers } })).toEqual([]);
});

test.each([
  ["slices", { budgeting: { kind: "timeSlices", slice: "1h", target: 99 } }],
  ["`minBad` slices", { budgeting: { kind: "timeSlices", slice: "5m", target: 99 }, minBad: 10 }],
  ["`for`", { alerting: { for: "40m" } }],
])("what is late because of its %s is not told to raise the objective", (_what, held) => {
  expect(found(held)).toEqual(["pages-late gateway.slos[0]"]);
  const [issue] = run("late pages", planOf([named(held, 0)]));
  expect(issue?.hint).not.toContain("Raise");
});

test.each([
  ["slices", { budgeting: { kind: "timeSlices", slice: "1h", target: 99 } }],
  ["`for`", { alerting: { for: "40m" } }],
])("nor is it at a lower objective, where its %s alone make it late", (_what, held) => {
  for (const objective of [99, 97]) expect(found({ objective, ...held })).toEqual(["pages-late gateway.slos[0]"]);
});

test("an SLO that can never page, since no window has as many slices, is another matter", () => {
  const never = { budgeting: { kind: "timeSlices", slice: "5m", target: 99 }, minBad: 73 };
  expect(found(never)).toEqual([]);
  expect(findingsOf("few-events", [named(never, 0)])).toEqual(["few-events gateway.slos[0].minBad"]);
});

test("another SLO of the service that pages in time is enough", () =>
  expect(found({ objective: 95 }, { objective: 99.9 })).toEqual([]));

test("it is said once, of the SLO that pages first", () =>
  expect(found({ objective: 90 }, { objective: 95 })).toEqual(["pages-late gateway.slos[1].objective"]));

test("a service that only makes tickets is not reported", () => {
  const overrides = { "page-fast": { severity: "ticket" }, "page-slow": { severity: "ticket" } };
  expect(found({ objective: 95, alerting: { overrides } })).toEqual([]);
  expect(found({ objective: 95, alerting: { enabled: false } })).toEqual([]);
});

test("the time includes the pipeline and the group wait, and the shares are those of the page tiers", () => {
  const [issue] = run("late pages", planOf([{ ...availability, objective: 95 }]));
  expect(issue?.message).toMatch(/44m\d+s.*72% of 1h.*30% of 6h/);
  expect(issue?.message).not.toContain("1d");
});
