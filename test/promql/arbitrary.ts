/** Random PromQL, well typed, with names and label values that mean harm. */
import fc from "fast-check";
import type { Aggregation, Binary, Call, Expr, Matcher, Matching, Selector, Subquery } from "../../src/promql/ast.ts";

const HOSTILE = [
  '"',
  "'",
  "`",
  "\\",
  '\\"',
  "\n",
  "\r\n",
  "\t",
  "\u0000",
  "\u0007",
  "\u007f",
  "\u0085",
  "\u2028",
  "\ufeff",
  "{{",
  "}}",
  '{{ "x" }}',
  "${x}",
  "$window",
  "#",
  "# c\n",
  ") or vector(1) #",
  "] offset 1d",
  "- alert: x",
  ": ",
  "é",
  "日本",
  "🔥",
  "a\u0301",
  "\\n",
  "\\x00",
  "%s",
  "<b>",
  "",
] as const;

/** Text that breaks careless quoting. Whole characters only: half a surrogate pair cannot be written. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const metric = fc.oneof(
  fc.constantFrom(
    "x",
    "http_requests_total",
    "slo:bad:increase",
    "sum",
    "by",
    "and",
    "on",
    "offset",
    "inf",
    "NaN",
    "bool",
    "le",
    "a b",
    "http.server",
    "é",
    "{",
    '"',
    "\n",
  ),
  fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,10}$/),
);
const label = fc.oneof(
  fc.constantFrom("job", "by", "on", "le", "a.b", "a b", "é", '"'),
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/).filter((name) => name !== "__name__"),
);
const labels = fc.uniqueArray(label, { maxLength: 3 });
const milliseconds = fc.oneof(
  fc.constantFrom(1000, 30_000, 300_000, 3_600_000, 2_592_000_000, 90_061_001),
  fc.integer({ min: 1, max: 1e9 }),
);

const matcher: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({ label, op: fc.constantFrom("=" as const, "!=" as const), value: hostileText }),
  fc.record({
    label,
    op: fc.constantFrom("=~" as const, "!~" as const),
    value: fc.constantFrom("5..", "1(\\.0)?", "a|b", ".+", "", "\\d{3}", "[^/]*", "(?i)get", "/#/.*"),
  }),
);

/** An instant selector. */
export const selector: fc.Arbitrary<Selector> = fc.record({
  node: fc.constant("selector" as const),
  metric,
  matchers: fc.array(matcher, { maxLength: 3 }),
});
const range: fc.Arbitrary<Selector> = fc
  .tuple(selector, milliseconds, fc.option(milliseconds, { nil: undefined }))
  .map(([base, rangeMs, offsetMs]) => ({
    ...base,
    rangeMs,
    ...(offsetMs === undefined ? {} : { offsetMs }),
  }));
const number = fc
  .oneof(fc.constantFrom(0, 1, -1, 0.001, 1e-7, 1e21, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), fc.integer())
  .map((value) => ({ node: "number" as const, value: value === 0 ? 0 : value }));
const text = hostileText.map((value) => ({ node: "string" as const, value }));

const matching: fc.Arbitrary<Matching> = fc.record({
  type: fc.constantFrom("on" as const, "ignoring" as const),
  labels,
});
const grouped: fc.Arbitrary<Matching> = fc.record({
  type: fc.constant("ignoring" as const),
  labels,
  group: fc.constantFrom("left" as const, "right" as const),
  include: fc.constant<readonly string[]>([]),
});

const ARITHMETIC = ["+", "-", "*", "/", "%", "^"] as const;
const COMPARISONS = ["==", "!=", ">", "<", ">=", "<="] as const;
const SETS = ["and", "or", "unless"] as const;

/** An instant vector. */
export const vector: fc.Arbitrary<Expr> = fc.letrec<{ vector: Expr }>((tie) => {
  const inner = tie("vector");
  const either = fc.oneof(inner, number);
  const arithmetic = (left: fc.Arbitrary<Expr>, right: fc.Arbitrary<Expr>): fc.Arbitrary<Binary> =>
    fc.record({ node: fc.constant("binary" as const), op: fc.constantFrom(...ARITHMETIC), left, right });
  const compared: fc.Arbitrary<Binary> = fc
    .record({ op: fc.constantFrom(...COMPARISONS), left: inner, right: either, bool: fc.boolean() })
    .map(({ bool, ...rest }) => ({ node: "binary", ...rest, ...(bool ? { bool } : {}) }));
  const subquery: fc.Arbitrary<Subquery> = fc.record({
    node: fc.constant("subquery" as const),
    expr: inner,
    rangeMs: milliseconds,
    stepMs: milliseconds,
  });
  return {
    vector: fc.oneof(
      { maxDepth: 5, depthSize: "small" },
      selector,
      range.map((arg): Call => ({ node: "call", name: "last_over_time", args: [arg] })),
      subquery.map((arg): Call => ({ node: "call", name: "max_over_time", args: [arg] })),
      fc.tuple(inner, text).map(
        ([arg, value]): Call => ({
          node: "call",
          name: "label_replace",
          args: [
            arg,
            { node: "string", value: "reason" },
            value,
            { node: "string", value: "" },
            { node: "string", value: "" },
          ],
        }),
      ),
      fc.record({
        node: fc.constant("aggregation" as const),
        op: fc.constantFrom("sum", "max", "group", "count"),
        by: labels,
        expr: inner,
      }) as fc.Arbitrary<Aggregation>,
      arithmetic(inner, either),
      arithmetic(number, inner),
      compared,
      fc
        .tuple(arithmetic(inner, inner), fc.oneof(matching, grouped))
        .map(([expr, clause]) => ({ ...expr, matching: clause })),
      fc.record({ node: fc.constant("binary" as const), op: fc.constantFrom(...SETS), left: inner, right: inner }),
      fc.record({
        node: fc.constant("binary" as const),
        op: fc.constantFrom(...SETS),
        left: inner,
        right: inner,
        matching,
      }),
    ),
  };
}).vector;
