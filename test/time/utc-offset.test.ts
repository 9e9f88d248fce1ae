/** Fixed offsets from UTC: read, and said. */
import { describe, expect, test } from "vitest";
import { offsetWords, utcOffsetSeconds } from "../../src/time/utc-offset.ts";

describe("an offset", () => {
  test.each([
    ["+00:00", 0],
    ["+05:30", 19_800],
    ["-08:00", -28_800],
    ["+14:00", 50_400],
    ["Europe/Berlin", undefined],
    ["CET", undefined],
    ["+15:00", undefined],
    ["+01:60", undefined],
    ["01:00", undefined],
  ] as const)("%s is %s seconds", (text, seconds) => expect(utcOffsetSeconds(text)).toBe(seconds));
});

test.each(["+05:30", "-08:00", "+14:00"])("the words of %s are UTC and the same", (text) =>
  expect(offsetWords(utcOffsetSeconds(text) ?? Number.NaN)).toBe(`UTC${text}`),
);
test("no offset is UTC alone", () => expect(offsetWords(0)).toBe("UTC"));
