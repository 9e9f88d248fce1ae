/** Who is notified: receivers by team and severity. */
import { expect, test } from "vitest";
import { audiences, receiverOf } from "../../src/compile/audience.ts";
import type { ReceiverDeclaration, TeamReceivers } from "../../src/declare/declaration.ts";
import { planFixture, platformFixture, tierFixture } from "../support/plan-fixture.ts";

const slack: ReceiverDeclaration = { slack: { secret: "slack" } };
const pagerduty: ReceiverDeclaration = { pagerduty: { secret: "pagerduty" } };

test.each<[string, string, "page" | "ticket" | "info", Record<string, TeamReceivers>, ReceiverDeclaration | undefined]>(
  [
    [
      "a team's own receiver comes first",
      "shop",
      "page",
      { shop: { page: slack }, default: { page: pagerduty } },
      slack,
    ],
    [
      "what a team lacks is the default team's",
      "shop",
      "page",
      { shop: { ticket: slack }, default: { page: pagerduty } },
      pagerduty,
    ],
    [
      "a receiver without integration counts as none",
      "shop",
      "page",
      { shop: { page: {} }, default: { page: pagerduty } },
      pagerduty,
    ],
    ["information never goes where tickets go", "shop", "info", { shop: { ticket: slack } }, undefined],
    ["a page never becomes a ticket", "shop", "page", { default: { ticket: slack } }, undefined],
    ["a ticket never becomes a page", "shop", "ticket", { default: { page: pagerduty } }, undefined],
    ["another team's receiver is not used", "shop", "page", { billing: { page: pagerduty } }, undefined],
    ["a team named like a method of objects has none", "constructor", "page", {}, undefined],
  ],
)("%s", (_name, owner, severity, receivers, expected) => {
  expect(receiverOf({ ...platformFixture, receivers }, owner, severity)).toBe(expected);
});

test("an audience is a team at a severity that some of its alerts have", () => {
  const slos = [
    { id: "b/x", owner: "zeta" },
    { id: "a/x", owner: "alpha", tiers: [tierFixture("hint", "info", 1, 7200, 600)] },
  ];
  const found = audiences(planFixture(slos)).map(({ owner, severity }) => `${owner} ${severity}`);
  expect(found).toEqual(["alpha page", "alpha ticket", "alpha info", "zeta page", "zeta ticket"]);
});
