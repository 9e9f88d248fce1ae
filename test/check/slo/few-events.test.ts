/** Guards against single failures that silence a tier altogether, at the traffic that is declared. */
import { expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, planOf, run } from "../findings.ts";

const slos = (guards: object) => [{ ...availability, objective: 99, eventsPerDay: 24_000, ...guards }];
const found = (guards: object) => findingsOf("few-events", slos(guards));

test.each([
  ["minEvents", { minEvents: 6001 }],
  ["minBad", { minBad: 6001 }],
])("%s above what the longest window of a page has makes an issue", (field, guards) =>
  expect(found(guards)).toEqual([`few-events gateway.slos[0].${field}`]),
);

test.each([
  ["minEvents that six hours have", { minEvents: 6000 }],
  ["minBad that six hours of outage have", { minBad: 6000 }],
  ["the default", {}],
  ["unknown traffic", { minEvents: 6001, eventsPerDay: undefined }],
])("%s makes none", (_what, guards) => expect(found(guards)).toEqual([]));

test.each([
  ["minBad", 361, ["few-events gateway.slos[0].minBad"]],
  ["minEvents", 361, ["few-events gateway.slos[0].minEvents"]],
  ["minBad", 360, []],
])("%s of %d minutes, of which six hours have 360", (field, count, expected) => {
  const sli = { kind: "gauge", metric: "queue_depth", op: "<", threshold: 5, slice: "1m" };
  expect(findingsOf("few-events", [{ name: "queue", objective: 99, sli, [field]: count }])).toEqual(expected);
});

test("it names every tier that cannot fire, and no other", () => {
  const [issue] = run("few-events", planOf(slos({ minEvents: 6001 })));
  expect(issue?.message).toMatch(/`page-fast`.*`page-slow`/);
  expect(issue?.message).not.toContain("ticket");
});

test("one bad rating that pages is not blamed on a guard that scores do not have", () => {
  const sli = { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 };
  const [rating] = run("few-events", planOf([{ name: "stars", objective: 90, sli, eventsPerDay: 24 }]));
  expect(rating?.hint).toContain("`minEvents`");
  expect(rating?.hint).not.toContain("`minBad`");
  const [failure] = run("few-events", planOf(slos({ eventsPerDay: 96, minBad: 1 })));
  expect(failure?.hint).toContain("Remove `minBad`");
});
