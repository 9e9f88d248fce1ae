/** Whether every alert reaches somebody. */
import { expect, test } from "vitest";
import { receivers } from "../../../src/check/environment/receivers.ts";
import type { TeamReceivers } from "../../../src/declare/declaration.ts";
import { planFixture } from "../../support/plan-fixture.ts";

const slack = { slack: { secret: "slack" } };

test.each<[string, Record<string, TeamReceivers>, string[]]>([
  ["nothing is declared: one warning for all", {}, ["no-receivers platform.receivers"]],
  ["an empty team declares nothing either", { default: {} }, ["no-receivers platform.receivers"]],
  ["everyone is reached", { default: { page: slack, ticket: slack } }, []],
  [
    "tickets alone: the pages are an error",
    { default: { ticket: slack } },
    ["missing-receiver platform.receivers.shop.page"],
  ],
  [
    "pages alone: the tickets are a warning",
    { default: { page: slack } },
    ["no-receivers platform.receivers.shop.ticket"],
  ],
  [
    "a receiver without integration reaches nobody",
    { default: { page: {}, ticket: slack } },
    ["missing-receiver platform.receivers.shop.page"],
  ],
  [
    "another team's receivers do not help",
    { billing: { page: slack, ticket: slack } },
    [
      "missing-receiver platform.receivers.shop.page",
      "no-receivers platform.receivers.shop.ticket",
      "receiver-unused platform.receivers.billing",
    ],
  ],
  [
    "a team's name that is nearly the owner's",
    { default: { page: slack, ticket: slack }, shopp: { page: slack } },
    ["owner-misspelt shop.owner", "receiver-unused platform.receivers.shopp"],
  ],
  ["a team of one's own", { default: { ticket: slack }, shop: { page: slack } }, []],
])("%s", (_name, declared, expected) => {
  const plan = planFixture([{ id: "shop/checkout", owner: "shop" }], { receivers: declared });
  expect(receivers.check(plan).map((fact) => `${fact.code} ${fact.path.join(".")}`)).toEqual(expected);
});

test("a plan without alerts needs no receivers", () => {
  expect(receivers.check(planFixture([], { receivers: {} }))).toEqual([]);
});

test("a misspelt owner and a team without services name each other", () => {
  const declared = { default: { page: slack, ticket: slack }, shoop: { page: slack } };
  const plan = planFixture([{ id: "shop/checkout", owner: "shop" }], { receivers: declared });
  const hints = receivers.check(plan).map(({ hint }) => hint);
  expect(hints[0]).toContain("Did you mean `shoop`?");
  expect(hints[1]).toContain("Did you mean `shop`?");
});
