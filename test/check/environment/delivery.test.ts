/** Whether what is sent to a receiver arrives there, and ends there. */
import { describe, expect, test } from "vitest";
import { delivery } from "../../../src/check/environment/delivery.ts";
import { dependencyOrder } from "../../../src/check/slo/dependency-order.ts";
import { manyPages } from "../../../src/check/slo/many-pages.ts";
import type { Plan } from "../../../src/compile/plan.ts";
import type { ReceiverDeclaration } from "../../../src/declare/declaration.ts";
import { planFixture, tierFixture, tiersFixture } from "../../support/plan-fixture.ts";

const secret = { secret: "a" };
const HOURS = { start: "09:00", end: "17:00" };

describe("business hours", () => {
  const codes = (ticket: ReceiverDeclaration, hasHours = true) => {
    const receivers = { default: { page: { pagerduty: secret }, ticket } };
    const plan = planFixture([{ id: "shop/checkout", owner: "shop" }], {
      receivers,
      businessHours: hasHours ? HOURS : undefined,
    });
    return delivery.check(plan).map(({ code }) => code);
  };

  test.each<[string, ReceiverDeclaration]>([
    ["PagerDuty", { pagerduty: secret }],
    ["Opsgenie", { opsgenie: secret }],
    ["incident.io", { incidentio: { ...secret, url: "https://api.incident.io/x" } }],
    ["Jira", { jira: { ...secret, url: "https://jira.example.com", project: "OPS" } }],
    ["one of another kind", { raw: { victorops_configs: [{ api_key_file: secret, routing_key: "x" }] } }],
  ])("are refused for tickets in what keeps them open: %s", (_name, ticket) => {
    expect(codes(ticket)).toEqual(["hours-keep-open"]);
    expect(codes({ slack: secret, ...ticket })).toEqual(["hours-keep-open"]);
    expect(codes(ticket, false)).toEqual([]);
  });

  test("may hold back tickets for a chat, and never hold back the pages of a pager", () => {
    expect(codes({ slack: secret })).toEqual([]);
  });
});

describe("information beside kube-prometheus", () => {
  const training = { id: "training/loss", tiers: [tierFixture("info-slow", "info", 0.5, 259_200, 21_600)] };
  const codes = (words: { page: string; ticket: string; info: string }, info?: ReceiverDeclaration) => {
    const receivers = { default: { ticket: { slack: secret }, ...(info ? { info } : {}) } };
    return delivery.check(planFixture([training], { receivers, severities: words })).map(({ code }) => code);
  };
  const stock = { page: "critical", ticket: "warning", info: "info" };

  test("is swallowed where it has kube-prometheus's own word and a receiver", () => {
    expect(codes(stock, { slack: secret })).toEqual(["info-swallowed"]);
  });

  test("is delivered under another word, and not missed where nobody gets it", () => {
    expect(codes({ ...stock, info: "notice" }, { slack: secret })).toEqual([]);
    expect(codes({ page: "page", ticket: "ticket", info: "info" }, { slack: secret })).toEqual([]);
    expect(codes(stock)).toEqual([]);
  });
});

describe("what depends on another", () => {
  const slow = tiersFixture.map((tier) => ({ ...tier, threshold: 50 * tier.threshold }));
  const codes = (plan: Plan) => dependencyOrder.check(plan).map(({ code, path }) => `${code} ${path.join(".")}`);

  test("is found first where that one is much laxer: both page", () => {
    const plan = planFixture([
      { id: "auth/login", tiers: slow },
      { id: "shop/checkout", dependsOn: ["auth/login"] },
    ]);
    expect(codes(plan)).toEqual([expect.stringMatching(/^depends-on-slower .*dependsOn$/)]);
  });

  test("is held back where that one is found first, or as soon", () => {
    for (const tiers of [tiersFixture, slow]) {
      const shop = { id: "shop/checkout", tiers, dependsOn: ["auth/login"] };
      expect(codes(planFixture([{ id: "auth/login" }, shop]))).toEqual([]);
    }
  });

  test("cannot page before that one where either never pages", () => {
    const tickets = tiersFixture.filter(({ severity }) => severity !== "page");
    const shop = { id: "shop/checkout", dependsOn: ["auth/login"] };
    expect(codes(planFixture([{ id: "auth/login", tiers: tickets }, shop]))).toEqual([]);
  });
});

describe("SLOs that page", () => {
  const codes = (count: number, more = {}) => {
    const slos = Array.from({ length: count }, (_one, index) => ({ id: `shop/slo-${index}`, ...more }));
    return manyPages.check(planFixture([{ id: "shop/base" }, ...slos])).map(({ code }) => code);
  };

  test("are many beyond a dozen, unless they depend on one or are tickets", () => {
    expect([codes(11), codes(12)]).toEqual([[], ["pages-many"]]);
    expect(codes(30, { dependsOn: ["shop/base"] })).toEqual([]);
    expect(codes(30, { tiers: tiersFixture.filter(({ severity }) => severity !== "page") })).toEqual([]);
  });
});
