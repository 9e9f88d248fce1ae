/**
 * A limit that is spent is reported once, by its highest threshold, and what was reported before is closed: the generated alerts in
 * a real Prometheus, the generated routes in a real Alertmanager, and what somebody gets.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithEngine } from "../support/engines.ts";
import { knownAlerts } from "../support/live-alertmanager.ts";
import {
  GROUP_INTERVAL_SECONDS,
  GROUP_WAIT_SECONDS,
  type SpendingWorld,
  startSpending,
} from "../support/live-budget.ts";
import { firingAlerts } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";

/** Until whatever would be reported has been reported. */
const SETTLED_MS = (GROUP_WAIT_SECONDS + 3 * GROUP_INTERVAL_SECONDS) * 1000;

describeWithEngine(["prometheus", "alertmanager"], "a limit that is spent", () => {
  let world: SpendingWorld;

  beforeAll(async () => {
    world = await startSpending();
  });
  afterAll(() => world?.stop());

  test("is reported once, by its highest threshold, and each limit by its own", async () => {
    world.spend({ a: 1.2, b: 0.85, c: 0.6, d: 0.1, all: 0.55 });
    await waitFor(
      "the highest threshold of each fires",
      async () => (await firingAlerts(world.prometheus)).length === 4,
    );
    await sleep(SETTLED_MS);
    expect(notified()).toEqual([
      "/info firing BudgetSpent50 all",
      "/info firing BudgetSpent50 c",
      "/page firing BudgetSpent100 a",
      "/ticket firing BudgetSpent80 b",
    ]);
    expect((await knownAlerts(world.alertmanager)).flatMap(({ inhibitedBy }) => inhibitedBy)).toEqual([]);
  });

  test("is reported again when a higher threshold is passed, and the lower one is closed while that is open", async () => {
    const before = notified();
    world.spend({ c: 1.01 });
    await waitFor("its page", () => notified().includes("/page firing BudgetSpent100 c"));
    await sleep(SETTLED_MS);
    expect(notified().filter((line) => !before.includes(line))).toEqual([
      "/info resolved BudgetSpent50 c",
      "/page firing BudgetSpent100 c",
    ]);
  });

  test("resolves when the period begins anew, and what ended before is not reported then", async () => {
    const before = notified();
    world.spend({ a: 0.001, b: 0, c: 0, d: 0, all: 0.001 });
    await waitFor("nothing fires", async () => (await firingAlerts(world.prometheus)).length === 0);
    await sleep(SETTLED_MS);
    expect(notified().filter((line) => !before.includes(line))).toEqual([
      "/info resolved BudgetSpent50 all",
      "/page resolved BudgetSpent100 a",
      "/page resolved BudgetSpent100 c",
      "/ticket resolved BudgetSpent80 b",
    ]);
    expect(await knownAlerts(world.alertmanager)).toEqual([]);
  });

  /** What has been reported: where, how, of which limit; each once, sorted. */
  function notified(): string[] {
    const lines = world.sink.notifications.flatMap(({ path, body }) =>
      (body.alerts ?? []).map(({ status, labels }) => `${path} ${status} ${labels.alertname} ${labels.model ?? "all"}`),
    );
    return [...new Set(lines)].sort();
  }
});
