/** One dead job is told once, on a real Alertmanager: of however many SLOs and groups it leaves without data. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { startTold, type ToldWorld } from "../support/live-told.ts";
import { waitFor } from "../support/live-wait.ts";

/** By how much the test is faster than the generated routes, which wait for a minute. */
const HURRY = 10;
/** From the first alert of one dead job to the last: 41s were seen with a scrape and an evaluation every 30s. */
const SPREAD_MS = 41_000 / HURRY;
/** Until whatever would be told has been told: the wait, or the interval, and as much again. */
const SETTLED_MS = (2 * 60_000) / HURRY;

describeWithEngine("alertmanager", "a dead job", () => {
  let world: ToldWorld;

  beforeAll(async () => {
    world = await startTold(
      [service("engine", ["availability", "latency", "queue"]), service("shop", ["availability"])],
      HURRY,
    );
  }, 60_000);
  afterAll(() => world?.stop());

  test("is one message for each service, though its alerts come one after the other", { timeout: 60_000 }, async () => {
    const alerts = down();
    for (const alert of alerts) {
      await world.send([alert]);
      await sleep(SPREAD_MS / alerts.length);
    }
    await sleep(SETTLED_MS);
    expect(
      world
        .messages()
        .map(({ title }) => title)
        .sort(),
    ).toEqual([
      "[FIRING:9] engine has SLOs without data: their targets are down or gone. cluster=eu",
      "[FIRING] SloTargetsDown shop/availability eu a cluster=eu",
    ]);
  });

  test("says in that message which SLOs and groups it is about", () => {
    const [message] = world.messages().filter(({ title }) => title.includes("engine"));
    for (const slo of ["availability", "latency", "queue"])
      for (const model of ["a", "b", "c"])
        expect(message?.text).toMatch(new RegExp(`/${slo}\\|${slo}> cluster=eu model=${model}, since `));
  });

  test("does not keep a page of the same service from ringing for itself", { timeout: 60_000 }, async () => {
    await world.send([world.alert("engine/latency", "SloBurnPageFast", { cluster: "eu", model: "a" })]);
    await waitFor("its page", 10, () => world.messages().some(({ title }) => title.includes("SloBurnPageFast")));
  });

  test("is told once more when it is back", { timeout: 60_000 }, async () => {
    const before = world.messages().length;
    await world.send(down(), "resolved");
    await sleep(SETTLED_MS);
    expect(
      world
        .messages()
        .slice(before)
        .map(({ title }) => title)
        .sort(),
    ).toEqual([
      "[RESOLVED] SloTargetsDown shop/availability eu a cluster=eu",
      "[RESOLVED] engine has SLOs without data: their targets are down or gone. cluster=eu",
    ]);
  });

  /** Three SLOs of three models each, and one of another service. */
  function down() {
    const models = ["a", "b", "c"];
    const slos = ["availability", "latency", "queue"];
    return [
      ...slos.flatMap((slo) =>
        models.map((model) => world.alert(`engine/${slo}`, "SloTargetsDown", { cluster: "eu", model })),
      ),
      world.alert("shop/availability", "SloTargetsDown", { cluster: "eu", model: "a" }),
    ];
  }
});

function service(name: string, slos: readonly string[]): ServiceDeclaration {
  const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
  return {
    name,
    owner: "ml",
    runbooks: "https://runbooks.example.com",
    slos: slos.map((slo) => ({ name: slo, objective: 99.9, window: "30d", groupBy: ["model"], sli })),
  };
}
