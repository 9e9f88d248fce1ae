/** Teams that a budget names for its values: whether they are there, and whether every limited value has one. */
import { expect, test } from "vitest";
import { findingsOf, planOf, run } from "../findings.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const slack = { slack: { secret: "slack" } };
const daily = { kind: "spend", name: "daily", metric: "cost_dollars_total", per: "day", by: ["tenant"] };
const environment = { receivers: { default: { page: slack, ticket: slack }, search: { page: slack } } };

function findings(budget: object, platform: object = environment): string[] {
  return findingsOf("budget teams", [], platform, { budgets: [{ ...daily, ...budget }] });
}

const PATH = "gateway.budgets[0]";

test("nothing is said of a budget whose values all have a team that is there", () => {
  expect(findings({ limits: { a: dollars(1), b: dollars(2) }, receivers: { a: "search", b: "default" } })).toEqual([]);
  expect(findings({ limitEach: dollars(1), receivers: { a: "search" } })).toEqual([]);
});

test("nothing is said where nobody is named", () => {
  expect(findings({ limits: { a: dollars(1) } })).toEqual([]);
});

test("a team without receivers is an error, and a name that is nearly one is guessed", () => {
  const budget = { limitEach: dollars(1), receivers: { a: "serch" } };
  expect(findings(budget)).toEqual([`unknown-team ${PATH}.receivers.a`]);
  const [found] = run("budget teams", planOf([], environment, { budgets: [{ ...daily, ...budget }] }));
  expect(found).toMatchObject({ level: "error", hint: expect.stringContaining("`search`") });
});

test("nobody is missed where no receivers are declared at all: that is an issue of its own", () => {
  expect(findings({ limitEach: dollars(1), receivers: { a: "search" } }, {})).toEqual([]);
});

test("a limit of a value without a team is doubted", () => {
  const limits = { a: dollars(1), b: dollars(2) };
  expect(findings({ limits, receivers: { a: "search" } })).toEqual([`value-without-team ${PATH}.limits.b`]);
});

test("a team of a value that nothing limits is doubted", () => {
  const budget = { limits: { a: dollars(1) }, receivers: { a: "search", b: "search" } };
  expect(findings(budget)).toEqual([`receiver-unused ${PATH}.receivers.b`]);
});

test("a team whose values spend is no team that nothing reaches; a page of it that reaches nobody is an error", () => {
  const budgets = [{ ...daily, limitEach: dollars(1), receivers: { a: "search" } }];
  const found = (receivers: object) => findingsOf("receivers", [], { receivers }, { budgets });
  expect(found(environment.receivers)).toEqual([]);
  expect(found({ ml: { page: slack, ticket: slack }, search: { ticket: slack } })).toEqual([
    "missing-receiver platform.receivers.search.page",
  ]);
});
