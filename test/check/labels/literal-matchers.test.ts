/** Matchers that are written as in a shell, a dashboard or a sentence, and select nothing or something else in PromQL. */
import { expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const slos = (matcher: string) => [
  { ...availability, sli: { kind: "events", total: "requests_total", bad: `requests_total{${matcher}}` } },
];

test.each([
  ["a range of codes", 'code=~"500-599"', 'code=~"5.."'],
  ["a range in brackets, which is one character", 'code=~"[400-599]"', 'code=~"[4-5].."'],
  ["a comparison", 'status=">=500"', 'status=~"5.."'],
  ["a comparison of several classes", 'status=~">= 400"', 'status=~"[4-5].."'],
  ["a list with commas", 'code=~"500, 502"', 'code=~"500|502"'],
  ["a list with spaces", 'code=~"500 | 502"', 'code=~"500|502"'],
  ["a negated list with commas", 'code!="200,204"', 'code!~"200|204"'],
  ["an asterisk in a name", 'job="api*"', 'job=~"api.*"'],
  ["an asterisk as in a shell", 'path=~"/v1/*"', 'path=~"/v1/.*"'],
])("%s is doubted, with the matcher that is meant", (_what, matcher, meant) => {
  expect(findingsOf("literal-matchers", slos(matcher))).toEqual(["matcher-literal gateway.slos[0].sli.bad"]);
  expect(hintOf("literal-matchers", slos(matcher))).toContain(meant);
});

test.each(["$job", "${job}", "${job:regex}", "[[job]]"])("a dashboard's variable %s is doubted", (variable) =>
  expect(findingsOf("literal-matchers", slos(`job="${variable}"`))).toEqual([
    "matcher-literal gateway.slos[0].sli.bad",
  ]),
);

test.each([
  'path="/static/*"',
  'path=~"/v1/.*"',
  'code=~"5..|429"',
  'code=~"[45].."',
  'model="gpt-4o-2024-08-06"',
  'model=~"a,b|c"',
  'reason=~"timed out|too large"',
  'version=~"1[0-9]*"',
  'price="$5"',
  'code=~"5..$"',
])("%s is not", (matcher) => expect(findingsOf("literal-matchers", slos(matcher))).toEqual([]));
