/** Exclusions that leave no time in which anything counts, or none for long. */
import { expect, test } from "vitest";
import { events } from "../../../src/index.ts";
import { findingsOf } from "../findings.ts";

const excluding = (...exclude: readonly object[]): string[] =>
  findingsOf("exclusions", [
    { name: "s", objective: 99, sli: events({ total: "requests_total", bad: "errors_total" }), exclude },
  ]);
const weekly = (on: string, length: string, offset = "+00:00") => ({
  reason: "r",
  weekly: { on, at: "00:00", for: length, offset },
});
const monthly = (day: number, length: string) => ({ reason: "r", monthly: { day, at: "00:00", for: length } });
const dated = (to: string) => ({ reason: "r", from: "2027-01-01T00:00:00Z", to });

test("finds exclusions that only together leave no time", () => {
  expect(excluding(weekly("monday", "4d"), weekly("friday", "3d"))).toEqual(["bad-exclusion gateway.slos[0].exclude"]);
  expect(excluding(monthly(1, "27d"), monthly(28, "4d"))).toEqual(["bad-exclusion gateway.slos[0].exclude"]);
  expect(excluding(weekly("monday", "4d", "-05:00"), weekly("friday", "3d", "-05:00"))).toHaveLength(1);
});

test("has nothing against exclusions that leave a few hours in a week or in some months", () => {
  expect(excluding(weekly("monday", "4d"), weekly("friday", "68h"))).toEqual([]);
  expect(excluding(weekly("monday", "4d"), weekly("friday", "3d", "-05:00"))).toEqual([]);
  expect(excluding(monthly(1, "27d"), monthly(28, "3d"))).toEqual([]);
});

test("asks about an exclusion of more than a month: a year may be mistyped", () => {
  expect(excluding(dated("2072-01-01T00:00:00Z"))).toEqual(["long-exclusion gateway.slos[0].exclude[0]"]);
  expect(excluding(dated("2027-02-01T00:00:00Z"))).toEqual([]);
});
