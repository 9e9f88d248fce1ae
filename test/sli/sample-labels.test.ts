/** Label values that a selector matches, found so that generated tests can feed it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Matcher, Selector } from "../../src/promql/ast.ts";
import { parseSelector } from "../../src/promql/grammar/parse.ts";
import { isPartOf, matchesAll, sampleLabels } from "../../src/sli/sample-labels.ts";

function matchers(text: string): readonly Matcher[] {
  const parsed = parseSelector(`x{${text}}`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.matchers;
}

test.each([
  'code=~"5.."',
  'code=~"5..|429"',
  'code!~"5.."',
  'code!=""',
  'code=""',
  'code=~".+"',
  'code=~"[45].."',
  'code=~"[^2].."',
  'code=~"\\\\d{3}"',
  'method=~"(?i)get|post"',
  'path=~"/api/(v1|v2)/.*"',
  'path=~"/api/.+", path!~".*health.*"',
  'job="a", code=~"5..", code!="503"',
  'le="1.0"',
  'grpc_code=~"Unknown|Internal|Unavailable|DataLoss"',
  'status=~"(error|timeout)s?"',
  'host=~"web-\\\\d+\\\\.example\\\\.com"',
  "a=~`x\\.y`",
  'a=~"(?:x|y)z"',
  'a=~"[[:alpha:]]+"',
])("something matches %s", (text) => {
  const labels = sampleLabels(matchers(text));
  expect(labels).toBeDefined();
  expect(matchesAll(matchers(text), labels ?? {})).toBe(true);
});

test.each([
  ["", 'code=~"5.."'],
  ['code!=""', 'code=~"5.."'],
  ['code=~"2..|5.."', 'code=~"5.."'],
  ['job="a"', 'job="a", code=~"[45].."'],
  ["", 'code!~"2.."'],
  ["", 'code!="200"'],
  ["", 'ok="true"'],
  ["", 'status=~".+"'],
  ['a=~"x|y"', 'a="x"'],
])("something matches {%s} and not {%s}", (wanted, unwanted) => {
  const labels = sampleLabels(matchers(wanted), matchers(unwanted));
  expect(labels && matchesAll(matchers(wanted), labels)).toBe(true);
  expect(labels && matchesAll(matchers(unwanted), labels)).toBe(false);
});

test.each([
  ['a="x", a="y"', undefined],
  ['a=~"x", a!="x"', undefined],
  ['a="x"', 'a=~"x|y"'],
  ["", 'a=~".*"'],
])("nothing matches {%s} and not {%s}", (wanted, unwanted) => {
  expect(sampleLabels(matchers(wanted), unwanted === undefined ? undefined : matchers(unwanted))).toBeUndefined();
});

test("what is found does match", () => {
  const pattern = fc.constantFrom(
    "5..",
    "a|b",
    ".*",
    ".+",
    "",
    "[a-c]x",
    "x?y",
    "(a|b)c*",
    "\\w+",
    "1(\\.0)?|1e\\+06",
    "^a$",
    "a{3}",
    "[^/]+/b",
  );
  const matcher = fc.record({
    label: fc.constantFrom("a", "b"),
    op: fc.constantFrom<Matcher["op"]>("=", "!=", "=~", "!~"),
    value: pattern,
  });
  const list = fc.array(matcher, { maxLength: 4 });
  fc.assert(
    fc.property(list, fc.option(list, { nil: undefined }), (wanted, unwanted) => {
      const labels = sampleLabels(wanted, unwanted);
      if (labels === undefined) return;
      expect(matchesAll(wanted, labels)).toBe(true);
      expect(unwanted !== undefined && matchesAll(unwanted, labels)).toBe(false);
      expect(Object.values(labels)).not.toContain("");
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['x{job="a"}', 'x{job="a", code=~"5.."}', true],
  ["x", 'x{code="500"}', true],
  ['x{code!~"4.."}', 'x{code=~"[45].."}', false],
  ["x", 'y{code="500"}', false],
])("of %s, %s is a part: %s", (total, part, expected) => {
  const [whole, some] = [selectorOf(total), selectorOf(part)];
  expect(isPartOf(whole, some)).toBe(expected);
  // The second answer is remembered.
  expect(isPartOf(whole, some)).toBe(expected);
});

function selectorOf(text: string): Selector {
  const parsed = parseSelector(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}
