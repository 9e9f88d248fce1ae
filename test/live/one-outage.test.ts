/**
 * One outage is reported once: the generated rules in a real Prometheus, the generated configuration in a real Alertmanager.
 * An SLO fails in full and recovers, and so does one that depends on it, which recovers later.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithEngine } from "../support/engines.ts";
import { knownAlerts } from "../support/live-alertmanager.ts";
import { reportFigures } from "../support/live-figures.ts";
import { type OneOutage, startOneOutage, TIERS } from "../support/live-one-outage.ts";
import { firingAlerts, query } from "../support/live-prometheus.ts";
import { waitFor, watch } from "../support/live-wait.ts";

const WARM_UP_SECONDS = 15;
/** Longer than the fast page takes to be reported, and than the slow page and the ticket take to be true. */
const OUTAGE_SECONDS = 40;
/** By how much what depends on the first recovers later. */
const LATER_SECONDS = 15;
/** Until what was bad has left the short windows of all tiers, and the silent sources have ended. */
const RESIDUE_SECONDS = 100;

describeWithEngine(["prometheus", "alertmanager"], "one outage", () => {
  let world: OneOutage;

  beforeAll(async () => {
    world = await startOneOutage();
    await waitFor("all is measured", async () => (await query(world.prometheus, "slo:total:increase")).length === 2);
    await sleep(WARM_UP_SECONDS * 1000);
  });
  afterAll(() => world?.stop());

  test("pages once", async () => {
    expect(world.notified()).toEqual([]);
    world.gateway.errors.fail(1);
    world.chat.errors.fail(1);
    await watch(OUTAGE_SECONDS, async () => {});
    expect(world.notified()).toEqual(["/page firing SloBurnPageFast gateway/error-rate"]);
  });

  test("the page of what depends on it fires too, and is held back by the silent source, which nobody hears", async () => {
    const fire = (await firingAlerts(world.prometheus)).map(
      ({ alertname, slo_service }) => `${slo_service} ${alertname}`,
    );
    expect(fire.sort()).toEqual([
      "chat SloBurnPageFast",
      "chat SloBurning",
      "chat SloUpstreamDown",
      "gateway SloBurnPageFast",
      "gateway SloBurning",
    ]);
    const known = await knownAlerts(world.alertmanager);
    const source = known.find(({ labels }) => labels.alertname === "SloUpstreamDown");
    const held = known.find(({ labels }) => labels.slo_service === "chat" && labels.alertname === "SloBurnPageFast");
    expect(held?.inhibitedBy).toEqual([source?.fingerprint]);
    expect(source?.receivers).toEqual(["null"]);
  });

  test("ends with one recovery, and no slower page or ticket after it, of either", async () => {
    world.gateway.errors.fail(0);
    await sleep(LATER_SECONDS * 1000);
    world.chat.errors.fail(0);
    const silentAlone = async () =>
      (await firingAlerts(world.prometheus)).every(({ tier = "" }) => ["burning", "upstream"].includes(tier));
    await waitFor("the pages end", silentAlone);
    await watch(RESIDUE_SECONDS, async () => {});
    expect(world.notified()).toEqual([
      "/page firing SloBurnPageFast gateway/error-rate",
      "/page resolved SloBurnPageFast gateway/error-rate",
    ]);
    expect(await firingAlerts(world.prometheus)).toEqual([]);
  });

  test("though the windows of the others were over their thresholds when the page had ended, so this could fail", async () => {
    for (const { name, long, short, burn } of TIERS.slice(1)) {
      const over = (window: string) => `slo:error_ratio:rate${window}{slo_service="gateway"} > ${burn * 0.01}`;
      const paging = 'ALERTS{alertname="SloBurnPageFast", alertstate="firing"}';
      const both = `${over(long)} and ${over(short)} unless on (slo_service, slo) ${paging}`;
      const [samples] = await query(world.prometheus, `count_over_time((${both})[5m:1s])`);
      reportFigures(`one-outage ${name}`, { secondsOverThresholdUntold: samples?.value ?? 0 });
      expect(samples?.value, name).toBeGreaterThan(5);
    }
    expect(
      await query(world.prometheus, 'count_over_time(ALERTS{tier=~"page-slow|ticket", alertstate="firing"}[10m])'),
    ).toEqual([]);
  });
});
