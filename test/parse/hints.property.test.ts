/** A hint that gives a value to write gives one that is accepted. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../src/parse/parse.ts";
import { availability, platform, service, slow } from "./valid.ts";

/** Errors of declarations in which one value is another. */
type Spoil = (value: unknown) => ReturnType<typeof errorsOf>;

function errorsOf(declared: object, environment: object = {}) {
  const { issues } = parse({ services: [{ ...service, ...declared }], platform: { ...platform, ...environment } });
  return issues.filter(({ level }) => level === "error");
}

function ofSlo(field: string): Spoil {
  return (value) => errorsOf({ slos: [{ ...availability, [field]: value }, slow] });
}

const units = [
  "ms",
  "s",
  "sec",
  "S",
  "m",
  "M",
  "min",
  "minutes",
  "h",
  "hours",
  "d",
  "D",
  "days",
  "w",
  "weeks",
  "months",
  "y",
];
const amounts = fc.oneof(
  fc.integer({ min: 0, max: 5000 }).map(String),
  fc.integer({ min: 0, max: 999_999 }).map((thousandths) => (thousandths / 1000).toFixed(3)),
);
const durations = fc.oneof(
  fc.tuple(amounts, fc.constantFrom("", " "), fc.constantFrom(...units)).map((parts) => parts.join("")),
  fc.constantFrom("1h30m", "2y", "90 min", "PT5M", "monthly", "quarter", "1d12h"),
);
const percents = fc.oneof(fc.double({ min: 0, max: 1.1, noNaN: true }), fc.double({ min: 99, max: 100, noNaN: true }));
const names = fc.oneof(
  fc.string(),
  fc.tuple(fc.string(), fc.string()).map((parts) => parts.join("/")),
);

test.each<[string, Spoil, fc.Arbitrary<unknown>]>([
  ["an objective", ofSlo("objective"), percents],
  ["the objective of a group", (value) => ofSlo("objectives")({ "gpt-4": value }), percents],
  ["a window", ofSlo("window"), durations],
  [
    "a slice",
    (slice) => ofSlo("sli")({ kind: "gauge", metric: "queue_depth", op: "<", threshold: 5, slice }),
    durations,
  ],
  ["a slice of events", (slice) => ofSlo("budgeting")({ kind: "timeSlices", target: 99, slice }), durations],
  ["a scrape interval", ofSlo("scrapeInterval"), durations],
  ["a threshold", (threshold) => ofSlo("sli")({ ...slow.sli, threshold }), durations],
  ["the retention", (retention) => errorsOf({}, { retention }), durations],
  ["a service's name", (name) => errorsOf({ name }), names],
  ["a former name", (value) => ofSlo("formerly")([value]), names],
])("of %s", (_name, spoil, values) => {
  fc.assert(
    fc.property(values, (value) => {
      for (const { hint } of spoil(value)) {
        const written = proposed(hint);
        if (written !== undefined) expect(spoil(written), hint).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

/** The first value that is to be written; undefined where there is only an example. */
function proposed(hint: string): unknown {
  const [, text, number, list] = /\b[Ww]rite (?:`([^`]*)`|([\d.e-]+)\.(?: |$)|a list: (\[.*\])\.)/.exec(hint) ?? [];
  if (text !== undefined || number === undefined) return list === undefined ? text : JSON.parse(list);
  return Number(number);
}

test.each([
  [0.0001, 99.99],
  [0.001, 99.9],
  [0.999, 99.9],
  [0.5, 50],
  [1, 99],
])("an objective of %d is to be %d", (objective, written) => {
  expect(ofSlo("objective")(objective).map(({ hint }) => proposed(hint))).toEqual([written]);
});

test.each([
  ["gateway/api", "api"],
  ["Gateway/API v2", "api-v2"],
  ["My Api", "my-api"],
])("the former name %j is to be %j", (name, written) => {
  expect(ofSlo("formerly")([name]).map(({ code, hint }) => [code, proposed(hint)])).toEqual([["bad-id", written]]);
});

test.each(["2y", "5 min"])("a window of %s has no length that one may have", (window) => {
  expect(ofSlo("window")(window).map(({ code, hint }) => [code, proposed(hint)])).toEqual([
    ["bad-duration", undefined],
  ]);
});

test("an SLO that depends on itself is not told to", () => {
  const [issue, ...others] = ofSlo("dependsOn")(["availability"]);
  expect([issue?.code, others]).toEqual(["unknown-slo", []]);
  expect(issue?.hint).not.toContain("gateway/availability");
});

test("a list is proposed with its text as it is", () => {
  const found = ofSlo("groupBy")('a"b\\');
  expect(found.map(({ code, hint }) => [code, proposed(hint)])).toEqual([["wrong-type", ['a"b\\']]]);
});

test.each([-5, 0])("a limit of %d without a unit is not proposed with one", (limit) => {
  const [issue] = errorsOf({ budgets: [{ kind: "spend", name: "b", metric: "x_dollars_total", per: "day", limit }] });
  expect([issue?.code, /usd/.test(issue?.hint ?? "")]).toEqual(["wrong-type", false]);
});
