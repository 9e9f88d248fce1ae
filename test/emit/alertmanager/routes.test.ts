/** Routes: what makes one notification, who gets it, and when. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/compile/plan.ts";
import type { PlatformDeclaration } from "../../../src/declare/declaration.ts";
import type { Route } from "../../../src/emit/alertmanager/config.ts";
import { printRoute } from "../../../src/emit/alertmanager/print-config.ts";
import { compileReceivers } from "../../../src/emit/alertmanager/receivers/receivers.ts";
import { compileRoutes } from "../../../src/emit/alertmanager/routes.ts";
import { planFixture, platformFixture, type SloFixture, tierFixture } from "../../support/plan-fixture.ts";

const gateway: SloFixture = { id: "gateway/availability", groupBy: ["model"] };

describe("grouping", () => {
  test("each error budget pages for itself, and one ticket lists all of an SLO", () => {
    const plan = planFixture([gateway, { id: "gateway/latency", groupBy: ["region"] }]);
    expect(routeOf(plan, "ml-platform-page").group_by).toEqual(["slo_service", "slo", "cluster", "model", "region"]);
    expect(routeOf(plan, "ml-platform-ticket").group_by).toEqual(["slo_service", "slo"]);
  });

  test("a team's pages are not grouped by the labels of another team's SLOs", () => {
    const plan = planFixture([gateway, { id: "shop/checkout", owner: "shop", groupBy: ["country"] }]);
    expect(routeOf(plan, "shop-page").group_by).toEqual(["slo_service", "slo", "cluster", "country"]);
  });
});

describe("dead targets", () => {
  const plan = planFixture([gateway, { id: "gateway/latency" }, { id: "shop/checkout", owner: "shop" }]);

  test("are reported once for a service and job, whatever SLOs and groups they leave without data", () => {
    for (const receiver of ["ml-platform-page", "shop-page", "default-page"])
      expect(downRouteOf(plan, receiver)?.group_by).toEqual(["alertname", "slo_service", "job", "cluster"]);
  });

  test("wait no longer than any other page: one alert stands for all SLOs, however slow one of them is", () => {
    expect(downRouteOf(plan, "ml-platform-page")?.group_wait).toBe("10s");
    const slow = planFixture([{ ...gateway, evaluationSeconds: 240 }]);
    expect(downRouteOf(slow, "ml-platform-page")?.group_wait).toBe("10s");
  });

  test("have no route of their own where they are no page", () => {
    expect(downRouteOf(plan, "ml-platform-ticket")).toBeUndefined();
  });

  test("come to the route of their team, which would take them too, before it does", () => {
    const { routes = [] } = routesOf(plan);
    const [down, all] = ["ml-platform-page"].flatMap((name) => routes.filter(({ receiver }) => receiver === name));
    expect(down?.matchers).toEqual([...(all?.matchers ?? []), 'tier="targets-down"']);
  });
});

describe("what only holds other alerts back", () => {
  test("goes to nobody before any route of a team, under whatever word severities have", () => {
    for (const severities of [platformFixture.severities, { page: "critical", ticket: "none", info: "info" }]) {
      const [first] = routesOf(planFixture([gateway], { severities })).routes ?? [];
      expect(first).toMatchObject({
        receiver: "null",
        matchers: ['slo_service!=""', 'alertname=~"SloBurning|SloUpstreamDown"'],
      });
      expect(first).not.toHaveProperty("continue");
    }
  });
});

describe("waiting", () => {
  test("pages wait ten seconds, and longer by an evaluation of what their SLO depends on and one of its own", () => {
    const chat = { id: "chat/availability", owner: "chat", dependsOn: ["gateway/availability"] };
    const plan = planFixture([{ ...gateway, evaluationSeconds: 60 }, chat]);
    expect(routeOf(plan, "ml-platform-page").group_wait).toBe("10s");
    expect(routeOf(plan, "chat-page").group_wait).toBe("1m40s");
  });

  test("tickets wait for business hours, pages never do", () => {
    const plan = planFixture([gateway], { businessHours: { start: "09:00", end: "17:00" } });
    expect(routeOf(plan, "ml-platform-ticket").active_time_intervals).toEqual(["business-hours"]);
    expect(routeOf(plan, "ml-platform-page").active_time_intervals).toBeUndefined();
  });
});

describe("receivers", () => {
  test("what nobody owns goes to the default team's tickets, or to nobody", () => {
    expect(routesOf(planFixture([gateway])).receiver).toBe("default-ticket");
    expect(routesOf(planFixture([gateway], { receivers: {} })).receiver).toBe("null");
  });

  test("tickets of a team that the file does not know yet are grouped by their SLO: the root would take all services together", () => {
    const stray = routesOf(planFixture([gateway])).routes?.at(-2);
    expect(stray).toMatchObject({ receiver: "default-ticket", matchers: ['slo_service!=""'] });
    expect(stray?.group_by?.slice(0, 2)).toEqual(["slo_service", "slo"]);
  });

  test("pages of a team that the file does not know yet reach the default team", () => {
    const stray = routesOf(planFixture([gateway])).routes?.at(-3);
    expect(stray).toMatchObject({ receiver: "default-page", matchers: ['slo_service!=""', 'severity="page"'] });
  });

  test("what others bring as a page rings too, after all that is firebreak's", () => {
    const last = routesOf(planFixture([gateway])).routes?.at(-1);
    expect(last).toMatchObject({ receiver: "default-page", matchers: ['severity="page"'] });
  });

  test("the alert that always fires reaches the heartbeat that is declared, else nobody", () => {
    const receiverFor = (watchdog: PlatformDeclaration["watchdog"]) =>
      routesOf(planFixture([gateway], { watchdog })).routes?.find((route) =>
        route.matchers?.includes('alertname="Watchdog"'),
      )?.receiver;
    expect(receiverFor({ webhook: { secret: "heartbeat" } })).toBe("watchdog");
    expect([receiverFor(undefined), receiverFor({})]).toEqual(["null", "null"]);
  });

  test("information goes nowhere unless it is declared where", () => {
    const training = { id: "training/freshness", tiers: [tierFixture("info-slow", "info", 0.5, 259_200, 21_600)] };
    const names = (receivers: PlatformDeclaration["receivers"] = {}) =>
      compileReceivers(planFixture([training], { receivers })).map(({ name }) => name);
    const chat = { slack: { secret: "slack" } };
    expect(names({ default: { ticket: chat } })).not.toContain("ml-platform-info");
    expect(names({ default: { ticket: chat, info: chat } })).toContain("ml-platform-info");
    const routes = routesOf(planFixture([training], { receivers: { default: { ticket: chat } } })).routes ?? [];
    const info = routes.filter(({ matchers }) => matchers?.includes('severity="info"'));
    expect(info.map(({ receiver }) => receiver)).toEqual(["null"]);
  });

  test("severities that share an emitted word share the more urgent one's route", () => {
    const plan = planFixture([gateway], { severities: { page: "critical", ticket: "critical", info: "info" } });
    expect(routesOf(plan).routes?.map((route) => route.receiver)).toEqual([
      ...["null", "null", "null"],
      ...["ml-platform-page", "ml-platform-page"],
      ...["default-page", "default-page", "default-ticket", "default-page"],
    ]);
  });

  test("no receiver is declared twice or in vain, also when a team is called default", () => {
    const plan = planFixture([{ ...gateway, owner: "default" }]);
    const names = compileReceivers(plan).map(({ name }) => name);
    const { receiver, routes = [] } = routesOf(plan);
    expect(names).toEqual([...new Set([receiver, ...routes.map((route) => route.receiver)])].sort());
  });
});

function routeOf(plan: Plan, receiver: string) {
  const route = routesOf(plan).routes?.find((each) => each.receiver === receiver && !isDown(each));
  if (route === undefined) throw new Error(`no route leads to ${receiver}`);
  return route;
}

function downRouteOf(plan: Plan, receiver: string): Route | undefined {
  return routesOf(plan).routes?.find((each) => each.receiver === receiver && isDown(each));
}

function isDown({ matchers = [] }: Route): boolean {
  return matchers.includes('tier="targets-down"');
}

/** The routes as Alertmanager reads them. */
function routesOf(plan: Parameters<typeof compileRoutes>[0]) {
  return printRoute(compileRoutes(plan));
}
