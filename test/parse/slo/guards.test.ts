/** Objectives of single groups, exclusions and budget alerts: what is wrong with them, where, and by which code. */
import { expect, test } from "vitest";
import { printPath } from "../../../src/issue.ts";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, service } from "../valid.ts";

function problemsOf(more: object): string[] {
  const { issues } = parse({ services: [{ ...service, slos: [{ ...availability, ...more }] }], platform });
  return issues.filter(({ level }) => level === "error").map(({ code, path }) => `${code} ${printPath(path)}`);
}

const at = (path: string) => `gateway.slos[0].${path}`;
const byModel = { groupBy: ["model"] };
const byBoth = { groupBy: ["model", "plan"] };
const match = (match: object, objective = 99) => ({ match, objective });
const sunday = { on: "sunday", at: "02:00", for: "1h" };
const first = { day: 1, at: "02:00", for: "1h" };
const weekly = (more: object) => ({ exclude: [{ reason: "r", weekly: { ...sunday, ...more } }] });
const monthly = (more: object) => ({ exclude: [{ reason: "r", monthly: { ...first, ...more } }] });
const both = { from: "2026-12-24T00:00:00Z", to: "2026-12-24T01:00:00Z" };

test.each<[title: string, more: object, problems: string[]]>([
  ["by value", { ...byModel, objectives: { "gpt-4": 99.5 } }, []],
  ["by labels", { ...byBoth, objectives: [match({ plan: "gold" }), match({ plan: "free", model: "a" })] }, []],
  ["by value of no label", { groupBy: [], objectives: { a: 99 } }, ["objectives-unclear objectives"]],
  ["by value of two labels", { ...byBoth, objectives: { a: 99 } }, ["objectives-unclear objectives"]],
  [
    "a label that tells nothing apart",
    { ...byModel, objectives: [match({ region: "eu" })] },
    ["objectives-unclear objectives[0].match.region"],
  ],
  ["a match of everything", { ...byModel, objectives: [match({})] }, ["objectives-unclear objectives[0].match"]],
  [
    "one group twice",
    { ...byBoth, objectives: [match({ plan: "gold" }), match({ model: "a" })] },
    ["objectives-unclear objectives[1]"],
  ],
  ["a ratio for percent", { ...byModel, objectives: { a: 0.99 } }, ["objective-out-of-range objectives.a"]],
  ["no budget", { ...byModel, objectives: { a: 100 } }, ["objective-out-of-range objectives.a"]],
])("objectives: %s", (_title, more, problems) => {
  expect(problemsOf(more)).toEqual(problems.map((problem) => problem.replace(" ", ` ${at("")}`)));
});

test.each<[title: string, more: object, problem?: string]>([
  ["an hour", { exclude: [{ reason: "r", ...both }] }],
  ["backwards", { exclude: [{ reason: "r", from: both.to, to: both.from }] }, "bad-exclusion exclude[0]"],
  ["one end", { exclude: [{ reason: "r", from: both.from }] }, "bad-exclusion exclude[0]"],
  ["no time", { exclude: [{ reason: "r" }] }, "bad-exclusion exclude[0]"],
  ["two times", { exclude: [{ reason: "r", ...both, weekly: sunday }] }, "bad-exclusion exclude[0]"],
  [
    "no such day",
    { exclude: [{ reason: "r", from: "2026-02-30T00:00:00Z", to: "2026-03-01T00:00:00Z" }] },
    "bad-exclusion exclude[0]",
  ],
  [
    "a time without an offset",
    { exclude: [{ reason: "r", from: "2026-12-24T00:00:00", to: "2026-12-25T00:00:00Z" }] },
    "bad-exclusion exclude[0]",
  ],
  ["weekly", weekly({})],
  ["on two days", weekly({ on: ["saturday", "sunday"] })],
  ["a weekday that is none", weekly({ on: "someday" }), "bad-value exclude[0].weekly.on"],
  ["on no day", weekly({ on: [] }), "bad-value exclude[0].weekly.on"],
  ["an hour that is none", weekly({ at: "25:00" }), "bad-exclusion exclude[0].weekly.at"],
  ["no hour", weekly({ at: undefined }), "missing-field exclude[0].weekly.at"],
  ["a length that is none", weekly({ for: "1h30m" }), "bad-duration exclude[0].weekly.for"],
  ["a second", weekly({ for: "1s" }), "bad-exclusion exclude[0].weekly.for"],
  ["a time zone", weekly({ offset: "Europe/Berlin" }), "bad-exclusion exclude[0].weekly.offset"],
  ["an offset", weekly({ offset: "+05:30" })],
  ["all week every week", weekly({ for: "1w" }), "bad-exclusion exclude[0]"],
  ["from one day to the other and back", weekly({ on: ["monday", "thursday"], for: "4d" }), "bad-exclusion exclude[0]"],
  ["monthly", monthly({})],
  ["the last day", monthly({ day: "last" })],
  ["a day that some months do not have", monthly({ day: 31 }), "bad-exclusion exclude[0].monthly.day"],
  ["half a day", monthly({ day: 1.5 }), "bad-exclusion exclude[0].monthly.day"],
  ["all month every month", monthly({ for: "28d" }), "bad-exclusion exclude[0]"],
])("exclusions: %s", (_title, more, problem) => {
  expect(problemsOf(more)).toEqual(problem === undefined ? [] : [problem.replace(" ", ` ${at("")}`)]);
});

test("an exclusion needs a reason", () => {
  const exclude = [{ reason: " ", from: "2026-12-24T00:00:00Z", to: "2026-12-24T01:00:00Z" }];
  expect(problemsOf({ exclude })).toEqual([`bad-value ${at("exclude[0].reason")}`]);
});

test.each<[title: string, budget: object, problems: string[]]>([
  ["in order", { exhausted: true, below: [0.5, 0.25], forecast: "3d", drop: { share: 0.1, within: "1d" } }, []],
  ["a share of one", { below: [1] }, ["bad-value alerting.budget.below[0]"]],
  ["a share twice", { below: [0.5, 0.5] }, ["duplicate-id alerting.budget.below[1]"]],
  ["a horizon beyond the window", { forecast: "60d" }, ["bad-value alerting.budget.forecast"]],
  ["a drop within seconds", { drop: { share: 0.1, within: "30s" } }, ["bad-value alerting.budget.drop.within"]],
])("budget alerts: %s", (_title, budget, problems) => {
  expect(problemsOf({ alerting: { budget } })).toEqual(problems.map((problem) => problem.replace(" ", ` ${at("")}`)));
});

test("traffic is no threshold where time is counted", () => {
  const sli = { kind: "probe", metric: "up" };
  expect(problemsOf({ sli, alerting: { threshold: "traffic" } })).toEqual([`bad-value ${at("alerting.threshold")}`]);
});
