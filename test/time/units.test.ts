/** Units of time, and durations as Prometheus writes them. */
import { describe, expect, test } from "vitest";
import {
  DAY,
  DAY_MS,
  HOUR,
  HOUR_MS,
  MINUTE,
  MINUTE_MS,
  prometheusSeconds,
  SECOND_MS,
  WEEK,
  WEEK_MS,
} from "../../src/time/units.ts";

describe("a duration of Prometheus", () => {
  test.each([
    ["15s", 15],
    ["1m30s", 90],
    ["1y2w", 32_745_600],
    ["250ms", 0.25],
    ["0s", 0],
    ["", undefined],
    ["512GB", undefined],
    ["15d or 512GB", undefined],
    ["1.5h", undefined],
  ])("%s is %s seconds", (text, seconds) => expect(prometheusSeconds(text)).toBe(seconds));
});

test.each([
  ["1s", 1, SECOND_MS],
  ["1m", MINUTE, MINUTE_MS],
  ["1h", HOUR, HOUR_MS],
  ["1d", DAY, DAY_MS],
  ["1w", WEEK, WEEK_MS],
])("%s is %s seconds and %s milliseconds", (text, seconds, milliseconds) => {
  expect(prometheusSeconds(text)).toBe(seconds);
  expect(seconds * 1000).toBe(milliseconds);
});
