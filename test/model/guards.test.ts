/** Objectives of single groups, exclusions and budget alerts: what is wrong with them, where, and by which code. */
import { expect, test } from "vitest";
import { printPath } from "../../src/issue.ts";
import { parse } from "../../src/model/parse.ts";
import { availability, platform, service } from "./valid.ts";

function problemsOf(more: object): string[] {
  const { issues } = parse({ services: [{ ...service, slos: [{ ...availability, ...more }] }], platform });
  return issues.filter(({ level }) => level === "error").map(({ code, path }) => `${code} ${printPath(path)}`);
}

const at = (path: string) => `gateway.slos[0].${path}`;
const byModel = { groupBy: ["model"] };
const byBoth = { groupBy: ["model", "plan"] };
const match = (match: object, objective = 99) => ({ match, objective });
const rule = (rrule: string, more: object = {}) => ({ exclude: [{ reason: "r", rrule, duration: "1h", ...more }] });

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

test.each<[title: string, more: object, refused: boolean]>([
  ["an hour", { exclude: [{ reason: "r", from: "2026-12-24T00:00:00Z", to: "2026-12-24T01:00:00Z" }] }, false],
  ["backwards", { exclude: [{ reason: "r", from: "2026-12-24T02:00:00Z", to: "2026-12-24T01:00:00Z" }] }, true],
  ["no such day", { exclude: [{ reason: "r", from: "2026-02-30T00:00:00Z", to: "2026-03-01T00:00:00Z" }] }, true],
  [
    "a time without an offset",
    { exclude: [{ reason: "r", from: "2026-12-24T00:00:00", to: "2026-12-25T00:00:00Z" }] },
    true,
  ],
  ["weekly", rule("FREQ=WEEKLY;BYDAY=SU;BYHOUR=2"), false],
  ["no rule", rule("every sunday"), true],
  ["a weekday that is none", rule("FREQ=WEEKLY;BYDAY=XX;BYHOUR=2"), true],
  ["no day and no first occurrence", rule("FREQ=WEEKLY;BYHOUR=2"), true],
  ["no hour and no first occurrence", rule("FREQ=WEEKLY;BYDAY=SU"), true],
  ["every other week of an unknown first", rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;BYHOUR=2"), true],
  ["every other week", rule("FREQ=WEEKLY;INTERVAL=2", { from: "2026-12-06T02:00:00Z" }), false],
  ["the last working day", rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=2"), true],
  ["every second month", rule("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1;BYHOUR=2", { from: "2026-12-01T02:00:00Z" }), true],
  ["a time zone", rule("FREQ=DAILY;BYHOUR=2", { offset: "Europe/Berlin" }), true],
  ["an offset", rule("FREQ=DAILY;BYHOUR=2", { offset: "+05:30" }), false],
  ["all day every day", rule("FREQ=DAILY;BYHOUR=0", { duration: "1d" }), true],
  ["a second", rule("FREQ=DAILY;BYHOUR=0", { duration: "1s" }), true],
])("exclusions: %s", (_title, more, refused) => {
  expect(problemsOf(more)).toEqual(refused ? [`bad-exclusion ${at("exclude[0]")}`] : []);
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
