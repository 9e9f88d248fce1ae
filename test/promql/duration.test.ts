/** Durations: what counts as one, what is suggested instead, and how they are printed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDuration, printDuration, printSeconds, suggestDuration } from "../../src/promql/duration.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ["1ms", 1],
  ["30s", 30 * SECOND],
  ["90m", 90 * MINUTE],
  ["1h", HOUR],
  ["30d", 30 * DAY],
  ["4w", 28 * DAY],
  ["86400s", DAY],
])("%s is a duration", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  "",
  "0s",
  "0m",
  "-5m",
  "+5m",
  "1",
  "m",
  "1M",
  "1y",
  "1H",
  "1.5h",
  "1h30m",
  "01h",
  " 1h",
  "1h ",
  "1 h",
  "1h\n",
  "1e3s",
  "１h",
  "99999999999999d",
  "Infinityd",
  "NaNs",
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  ["1h30m", "90m"],
  ["1.5h", "90m"],
  ["1d12h", "36h"],
  ["0.5s", "500ms"],
  ["90 min", "90m"],
  ["5 minutes", "5m"],
  ["1 hour", "1h"],
  ["2hrs", "2h"],
  ["30sec", "30s"],
  ["2 weeks", "14d"],
  ["1 month", "30d"],
  ["3mo", "90d"],
  ["10 milliseconds", "10ms"],
  ["30D", "30d"],
  [" 1h ", "1h"],
  ["1h60m", "2h"],
  ["0.1h", "6m"],
])("the nearest duration to %j is %s", (text, nearest) => {
  expect(suggestDuration(text)).toBe(nearest);
});

test.each(["", "30", "soon", "P1D", "0m", "-5m", "0.1ms", "1e3s", "99999999999999999999d"])(
  "nothing is near to %j",
  (text) => {
    expect(suggestDuration(text)).toBeUndefined();
  },
);

test("whatever is suggested is a duration", () => {
  const unit = fc.constantFrom("ms", "s", "m", "h", "d", "w", "min", "hours", "weeks", "mo");
  const part = fc
    .tuple(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true })), unit)
    .map(([count, name]) => `${count}${name}`);
  fc.assert(
    fc.property(
      fc.oneof(
        part,
        fc.array(part, { maxLength: 4 }).map((parts) => parts.join("")),
        fc.string(),
      ),
      (text) => {
        const suggestion = suggestDuration(text);
        expect(suggestion === undefined || parseDuration(suggestion) !== undefined).toBe(true);
      },
    ),
  );
});

test.each([
  [0, "0s"],
  [1, "1ms"],
  [1500, "1s500ms"],
  [30 * SECOND, "30s"],
  [90 * MINUTE, "1h30m"],
  [DAY, "1d"],
  [28 * DAY, "28d"],
  [30 * DAY, "30d"],
  [366 * DAY + 1, "366d1ms"],
])("%d ms print as %s", (milliseconds, text) => {
  expect(printDuration(milliseconds)).toBe(text);
});

test("seconds print as their milliseconds do", () => {
  expect(printSeconds(5400)).toBe("1h30m");
});

test("what is printed has the length it had", () => {
  const length = (text: string): number =>
    (text.match(/\d+[a-z]+/g) ?? []).reduce((sum, part) => sum + (parseDuration(part) ?? 0), 0);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 * DAY }),
      (milliseconds) => void expect(length(printDuration(milliseconds))).toBe(milliseconds),
    ),
  );
});
