/** Any SLO: every field, window and way to count. */
import fc from "fast-check";
import type {
  BudgetingDeclaration,
  CalendarWindow,
  Duration,
  ExclusionDeclaration,
  SloDeclaration,
  Weekday,
} from "../../../src/declare/declaration.ts";
import { absence, alerting } from "./alerting.ts";
import { checks, policy } from "./policy.ts";
import { compositeOf, sliOf } from "./slis.ts";
import { annotations, declared, groupValue, interval, labels, objective, offset, oneOf, prose, url } from "./values.ts";

const rolling = oneOf<Duration>("1h", "6h", "1d", "36h", "7d", "4w", "28d", "30d", "90d", "366d");

const calendar = declared(
  { calendar: oneOf("day" as const, "week", "month", "quarter", "year") },
  { offset },
) as fc.Arbitrary<CalendarWindow>;

const one = fc.oneof(rolling, calendar);
const window = fc.oneof({ weight: 3, arbitrary: one }, fc.array(one, { minLength: 1, maxLength: 4 }));

const budgeting = fc.oneof(
  oneOf<BudgetingDeclaration>("events"),
  fc.record({ kind: oneOf("timeSlices" as const), slice: oneOf<Duration>("1m", "5m", "7m", "1h"), target: objective }),
);

const clock = { at: oneOf("00:00", "02:30", "23:59"), for: oneOf<Duration>("1m", "90m", "2d") };
const days = oneOf<Weekday | Weekday[]>("monday" as const, "saturday", ["friday", "sunday"]);

const exclusion = fc.oneof(
  fc.record({ reason: prose, from: oneOf("2026-12-24T00:00:00Z"), to: oneOf("2026-12-27T00:00:00+01:00") }),
  fc.record({ reason: prose, weekly: declared({ on: days, ...clock }, { offset }) }),
  fc.record({ reason: prose, monthly: declared({ day: oneOf<number | "last">(1, 28, "last"), ...clock }, { offset }) }),
) as fc.Arbitrary<ExclusionDeclaration>;

const common = {
  description: prose,
  alerting,
  labels,
  annotations,
  runbook: url,
  scrapeInterval: interval,
  evaluationInterval: interval,
  formerly: oneOf(["before"], ["before", "long-before"]),
  reviewBy: oneOf("2027-01-31", "2028-02-29"),
  loosened: fc.record({ from: oneOf(99.9999, 50), why: prose }),
  generation: oneOf(2, 17),
  absence,
  policy,
  checks,
};

/** An SLO of any kind but a composite; `earlier` are the ids that it may depend on. */
export function sloOf(name: string, earlier: readonly string[]): fc.Arbitrary<SloDeclaration> {
  return oneOf<string[]>([], ["model"], ["job"], ["instance", "region"]).chain(
    (groupBy) =>
      declared(
        { name: fc.constant(name), objective, sli: sliOf(groupBy), groupBy: fc.constant(groupBy) },
        {
          ...common,
          window,
          objectives: objectivesOf(groupBy),
          noTraffic: oneOf("ignore" as const, "bad", "good"),
          minEvents: oneOf(1, 1000),
          minBad: oneOf(1, 5),
          eventsPerDay: oneOf(3, 0.5, 1e9),
          budgeting,
          exclude: fc.array(exclusion, { minLength: 1, maxLength: 2 }),
          dependsOn: fc.subarray([...earlier]),
        },
      ) as unknown as fc.Arbitrary<SloDeclaration>,
  );
}

/** A composite of the SLOs with these ids. */
export function journeyOf(name: string, of: readonly string[]): fc.Arbitrary<SloDeclaration> {
  return declared(
    { name: fc.constant(name), objective, sli: compositeOf(of) },
    { ...common, window: rolling, dependsOn: fc.subarray([...of]) },
  ) as unknown as fc.Arbitrary<SloDeclaration>;
}

function objectivesOf(groupBy: readonly string[]): fc.Arbitrary<SloDeclaration["objectives"]> {
  const [label] = groupBy;
  if (label === undefined) return fc.constant(undefined);
  const list = fc.array(fc.record({ match: fc.record({ [label]: groupValue }), objective }), {
    minLength: 1,
    maxLength: 2,
  });
  return groupBy.length === 1 ? fc.oneof(fc.dictionary(groupValue, objective, { minKeys: 1, maxKeys: 2 }), list) : list;
}
