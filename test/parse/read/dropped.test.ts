/** Declarations of before: each dropped field is named, with what to write instead, and the rest is still read. */
import { expect, test } from "vitest";
import { type Issue, printPath } from "../../../src/issue.ts";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, service } from "../valid.ts";

function errorsOf(more: object, environment: object = platform): Issue[] {
  const { issues } = parse({ services: [{ ...service, slos: [{ ...availability, ...more }] }], platform: environment });
  return issues.filter(({ level }) => level === "error");
}

const printed = (issues: readonly Issue[]): string[] => issues.map(({ code, path }) => `${code} ${printPath(path)}`);
const rule = { reason: "r", rrule: "FREQ=WEEKLY;BYDAY=SU;BYHOUR=2", duration: "2h" };

test.each<[more: object, place: string, instead: RegExp]>([
  [{ rawWindows: true }, "rawWindows", /Leave it out/],
  [{ alerting: { sanity: true } }, "alerting.sanity", /Leave it out/],
  [{ budgeting: { kind: "meanOfSlices", slice: "10m" } }, "budgeting", /timeSlices\(\{ slice: "10m"/],
  [{ exclude: [rule] }, "exclude[0].rrule", /weekly: .*monthly: /],
])("%j is reported what to write instead", (more, place, instead) => {
  const errors = errorsOf(more);
  expect(printed(errors)).toEqual([`dropped gateway.slos[0].${place}`]);
  expect(errors[0]?.hint).toMatch(instead);
});

test("what else is wrong is reported at its own place", () => {
  const exclude = [rule, { reason: "r", from: "now", to: "later" }];
  expect(
    printed(errorsOf({ exclude, rawWindows: true, objective: 100, alerting: { sanity: true, teirs: [] } })),
  ).toEqual([
    "dropped gateway.slos[0].alerting.sanity",
    "bad-value gateway.slos[0].alerting.teirs",
    "unknown-key gateway.slos[0].alerting.teirs",
    "dropped gateway.slos[0].exclude[0].rrule",
    "bad-exclusion gateway.slos[0].exclude[1]",
    "objective-out-of-range gateway.slos[0].objective",
    "dropped gateway.slos[0].rawWindows",
  ]);
});

test("Prometheus 2 is refused by name", () => {
  const [error, ...others] = errorsOf({}, { ...platform, prometheus: 2 });
  expect([printed(error ? [error] : []), others]).toEqual([["dropped platform.prometheus"], []]);
  expect(error?.message).toContain("Prometheus 3");
  expect(errorsOf({}, { ...platform, prometheus: 3 })).toEqual([]);
});
