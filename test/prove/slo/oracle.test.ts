/** The oracle of burn alerts, against times worked out by hand. */
import { describe, expect, test } from "vitest";
import type { Tier } from "../../../src/prove/slo/burn/tiers.ts";
import { judge, type Watch } from "../../../src/prove/slo/oracle.ts";

const every = 60;
const page: Tier = {
  name: "page-fast",
  alert: "SloBurnPageFast",
  severity: "page",
  long: 3600,
  short: 300,
  threshold: 0.0144,
  forSeconds: 0,
  keepSeconds: 0,
};
const prompt: Watch = { every, late: 0, minEvents: 0, minBad: 0 };

/** A hundred events a minute; so many of them are bad from one minute to another. */
function history(bad: number, from: number, to: number, minutes = 240) {
  const all = Array.from({ length: minutes }, (_, minute) => minute);
  return { total: all.map(() => 100), bad: all.map((minute) => (minute > from && minute <= to ? bad : 0)) };
}

describe("after a healthy hour", () => {
  test("an outage is due when 1.44% of the hour is bad", () => {
    // Of 6000 events 86.4 may be bad: all of the first minute's hundred are more.
    const { must, may } = judge(page, history(100, 90, 240), prompt);
    expect([must.indexOf(true), may.indexOf(true)]).toEqual([91, 91]);
  });

  test("a tenth of the events is due after nine minutes", () => {
    const { must, may } = judge(page, history(10, 90, 240), prompt);
    expect([must.indexOf(true), may.indexOf(true)]).toEqual([99, 99]);
  });

  test("what stays below is never due", () => {
    const { may } = judge(page, history(1, 90, 240), prompt);
    expect(may).not.toContain(true);
  });

  test("it ends when five minutes hold 1.44% or less", () => {
    // 7.2 of 500 events: of ten a minute, the last five minutes hold none after the fifth.
    const { must, may } = judge(page, history(10, 90, 120), prompt);
    expect([must.lastIndexOf(true), may.lastIndexOf(true)]).toEqual([124, 125]);
  });
});

test("what comes late is expected later, and no earlier", () => {
  const { must, may } = judge(page, history(10, 90, 240), { ...prompt, late: 180 });
  expect([must.indexOf(true), may.indexOf(true)]).toEqual([102, 99]);
});

test("it waits as long as it says, give or take an evaluation", () => {
  const { must, may } = judge({ ...page, forSeconds: 300 }, history(10, 90, 240), prompt);
  expect([must.indexOf(true), may.indexOf(true)]).toEqual([104, 103]);
});

test("it is kept as long as it says, give or take an evaluation", () => {
  const { must, may } = judge({ ...page, keepSeconds: 300 }, history(10, 90, 120), prompt);
  expect([must.lastIndexOf(true), may.lastIndexOf(true)]).toEqual([128, 130]);
});

test("of a new SLO, what was before it counts as good", () => {
  // Ten of eleven minutes have 10%, in ten minutes of sixty: 1.52%. A step of five minutes more, six of seven: 1.57%.
  const { must, may } = judge(page, history(10, 0, 240), prompt);
  expect([must.indexOf(true), may.indexOf(true)]).toEqual([10, 6]);
});

test("too few events, or too few bad ones, say nothing", () => {
  const some = history(10, 90, 240);
  expect(judge(page, some, { ...prompt, minBad: 200 }).may.indexOf(true)).toBe(110);
  expect(judge(page, some, { ...prompt, minEvents: 6001 }).may).not.toContain(true);
});
