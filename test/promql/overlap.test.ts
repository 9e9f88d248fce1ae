/** Which values two matchers select, and what can be said for certain. */
import { describe, expect, test } from "vitest";
import type { Matcher } from "../../src/promql/ast.ts";
import { parseSelector } from "../../src/promql/grammar/parse.ts";
import { allows, allowsAll, excludeEachOther, implies } from "../../src/promql/overlap.ts";

function matcher(text: string): Matcher {
  const parsed = parseSelector(`x{${text}}`);
  const [only] = parsed.ok ? parsed.value.matchers : [];
  if (only === undefined) throw new Error(text);
  return only;
}

describe("two matchers of one label", () => {
  test.each([
    ['a="1"', 'a="2"', true],
    ['a="1"', 'a!="1"', true],
    ['a="1"', 'a=~"[12]"', false],
    ['a=~"5.."', 'a=~"4.."', true],
    ['a=~"5.."', 'a=~"[45].."', false],
    ['a=~"5.."', 'a=~"5..."', true],
    ['a=~"4..|5.."', 'a=~"2..|3.."', true],
    ['a=~"4..|5.."', 'a=~"2..|50."', false],
    ['a=~"50."', 'a!~"5.."', true],
    ['a!~"5.."', 'a=~"50."', true],
    ['a=~"5.."', 'a!~"50."', false],
    // A repetition may be of any length.
    ['a=~"5.*"', 'a=~"4.."', false],
  ])("%s and %s can have no value in common: %s", (one, other, apart) => {
    expect(excludeEachOther(matcher(one), matcher(other))).toBe(apart);
    expect(excludeEachOther(matcher(other), matcher(one))).toBe(apart);
  });

  test.each([
    ['a="500"', 'a=~"5.."', true],
    ['a="500"', 'a!="500"', false],
    ['a=~"50."', 'a=~"5.."', true],
    ['a=~"5.."', 'a=~"50."', false],
    ['a=~"5.."', 'a=~"5.."', true],
    ['a!~"5.."', 'a!~"50."', true],
    ['a!~"50."', 'a!~"5.."', false],
    ['a=~"50."', 'a!~"4.."', false],
    ['a="500"', 'b=~"5.."', false],
  ])("what satisfies %s satisfies %s: %s", (one, other, sure) =>
    expect(implies(matcher(one), matcher(other))).toBe(sure),
  );
});

test("a pattern is of the whole value", () => {
  expect(allows(matcher('a=~"5"'), "50")).toBe(false);
  expect(allows(matcher('a!~"5"'), "50")).toBe(true);
});

test("only `.*` leaves nothing out", () => {
  expect(['a=~".*"', 'a=~".+"', 'a!~".*"', 'a=".*"'].map((text) => allowsAll(matcher(text)))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
