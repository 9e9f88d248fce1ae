/**
 * The main job, end to end: declarations become rules that a real Prometheus runs over real scrapes, alerts that a real
 * Alertmanager routes with the generated configuration, and notifications that somebody gets, once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectionSeconds, resetSeconds } from "../../src/compile/tiers/burn-maths.ts";
import { describeWithEngine } from "../support/engines.ts";
import { knownAlerts } from "../support/live-alertmanager.ts";
import { pipeline, sloOf, tierOf } from "../support/live-build.ts";
import { type EndToEnd, GROUP_INTERVAL_SECONDS, groupWaitSeconds, startEndToEnd } from "../support/live-end-to-end.ts";
import { reportFigures } from "../support/live-figures.ts";
import { firingAlerts, query } from "../support/live-prometheus.ts";
import { waitFor, watch } from "../support/live-wait.ts";
import type { NotifiedAlert } from "../support/live-webhook.ts";

const WARM_UP_SECONDS = 10;

describeWithEngine(["prometheus", "alertmanager"], "an outage, end to end", () => {
  let world: EndToEnd;
  let [outage, recovery] = [0, 0];

  beforeAll(async () => {
    world = await startEndToEnd();
  });
  afterAll(() => world?.stop());

  test("while every objective is met, nobody is notified anything", async () => {
    await waitFor(
      "every error budget is measured",
      async () =>
        (await query(world.prometheus, "slo:total:increase and (slo:bad:increase or slo:good:increase)")).length === 4,
    );
    await sleep(WARM_UP_SECONDS * 1000);
    expect(await firingAlerts(world.prometheus)).toEqual([]);
    expect(world.sink.notifications).toEqual([]);
  });

  test("an outage pages, not before the computed time, with the links that help", async () => {
    outage = world.models.a.errors.fail(1);
    world.models.b.errors.fail(0.1);
    world.engines.llama.slow.fail(1);
    const pages = [errorPage, latencyPage].map(async (isPage) => expectPage(isPage));
    await Promise.all(pages);
  });

  async function expectPage(page: Page): Promise<void> {
    const slo = sloOf(world.plan, page.slo);
    const tier = tierOf(slo, "page-fast");
    const [detection, wait] = [detectionSeconds(tier.longSeconds, tier.threshold, 1), groupWaitSeconds(world)];
    const [soonest, latest] = [detection + wait, detection + pipeline(world.plan, slo, tier) + wait];

    const { at, alert } = await waitFor(`${page.slo} pages`, () => notified("/page", page.alert)[0]);
    const seconds = (at - outage) / 1000;
    reportFigures(`end-to-end ${page.slo}`, {
      detection,
      pipelineAndWait: latest - detection,
      computed: latest,
      seen: seconds,
    });
    // A budget is spent by events: where a busy machine sends fewer good ones for a moment, that is a little sooner.
    expect(seconds).toBeGreaterThan(0.9 * soonest - 1);
    expect(alert.annotations).toMatchObject({ runbook_url: page.runbook, dashboard_url: page.dashboard });
  }

  test("the generated templates give the page its links in chat", () => {
    const messages = world.sink.notifications
      .filter(({ path }) => path === "/slack")
      .flatMap(({ body }) => body.attachments ?? []);
    expect(messages.map(({ title }) => title)).toContainEqual(
      expect.stringMatching(/^page gateway\/error-rate a: [1-9][\d.]*% bad, (\d.* left|overspent)/),
    );
    expect(messages.map(({ text }) => text)).toContainEqual(
      expect.stringContaining(
        `<${errorPage.runbook}|Runbook> <${errorPage.dashboard.replaceAll("&", "&amp;")}|Dashboard> <http`,
      ),
    );
  });

  test("the page silences the ticket of its own budget, and no other", async () => {
    const other = { slo: "error-rate", model: "b", tier: "ticket" };
    await waitFor("the other model's ticket is reported", () => notified("/ticket", other)[0]);
    const burning = (await firingAlerts(world.prometheus)).filter(({ tier }) => tier === "burning");
    expect(burning.map(({ model, model_name }) => model ?? model_name).sort()).toEqual(["a", "llama"]);
    expect(models("/ticket")).toEqual(["b"]);
  });

  test("a restart of Prometheus in the outage neither loses nor repeats the page", async () => {
    const before = world.sink.notifications.filter(({ path }) => path === "/page").length;
    await world.prometheus.restart();
    await waitFor("the page fires again", async () => (await firingAlerts(world.prometheus)).some(isErrorPage));
    // Alertmanager looks at each group every five seconds: it would tell of a page that went or came.
    await watch(4 * GROUP_INTERVAL_SECONDS, async () => {
      expect((await firingAlerts(world.prometheus)).filter(isErrorPage)).toHaveLength(1);
      expect((await knownAlerts(world.alertmanager)).filter(({ labels }) => isErrorPage(labels))).toHaveLength(1);
    });
    expect(world.sink.notifications.filter(({ path }) => path === "/page")).toHaveLength(before);
    expect(notified("/page", errorPage.alert).map(({ alert }) => alert.status)).toEqual(["firing"]);
  });

  test("the silenced ticket was never reported while the outage lasted", () => {
    expect(models("/ticket")).toEqual(["b"]);
  });

  test("recovery resolves the page, not before the computed time", async () => {
    recovery = world.models.a.errors.fail(0);
    const slo = sloOf(world.plan, errorPage.slo);
    const tier = tierOf(slo, "page-fast");
    const reset = resetSeconds(tier.shortSeconds, tier.threshold, 1) + tier.keepFiringForSeconds;
    const latest = reset + pipeline(world.plan, slo, tier) + GROUP_INTERVAL_SECONDS;
    const resolved = () => notified("/page", errorPage.alert).find(({ alert }) => alert.status === "resolved");
    const { at } = await waitFor("the page resolves", resolved);
    const seconds = (at - recovery) / 1000;
    reportFigures("end-to-end recovery", { reset, computed: latest, seen: seconds });
    expect(seconds).toBeGreaterThan(0.9 * reset - 1);
    expect(notified("/page", errorPage.alert).map(({ alert }) => alert.status)).toEqual(["firing", "resolved"]);
  });

  /** Alerts of this kind that were notified at this path, in the order of arrival. */
  function notified(
    path: string,
    labels: Readonly<Record<string, string>>,
  ): { readonly at: number; readonly alert: NotifiedAlert }[] {
    const alerts = world.sink.notifications
      .filter((each) => each.path === path)
      .flatMap(({ at, body }) => (body.alerts ?? []).map((alert) => ({ at, alert })));
    return alerts.filter(({ alert }) => Object.entries(labels).every(([name, value]) => alert.labels[name] === value));
  }

  /** Whose alerts were notified as firing. What ended within its group's wait comes along as resolved. */
  function models(path: string): string[] {
    const firing = notified(path, {}).filter(({ alert }) => alert.status === "firing");
    return [...new Set(firing.map(({ alert }) => alert.labels.model ?? alert.labels.model_name ?? ""))].sort();
  }
});

interface Page {
  readonly slo: string;
  readonly alert: Readonly<Record<string, string>>;
  readonly runbook: string;
  readonly dashboard: string;
}

const errorPage: Page = {
  slo: "gateway/error-rate",
  alert: { slo: "error-rate", model: "a", tier: "page-fast" },
  runbook: "https://runbooks.example.com/gateway/error-rate#sloburnpagefast",
  dashboard: dashboardOf("gateway", "error-rate", "model=%22a%22"),
};

const latencyPage: Page = {
  slo: "vllm/time-to-first-token",
  alert: { slo: "time-to-first-token", model_name: "llama", tier: "page-fast" },
  runbook: "https://runbooks.example.com/vllm/time-to-first-token#sloburnpagefast",
  dashboard: dashboardOf("vllm", "time-to-first-token", "model_name=%22llama%22"),
};

function isErrorPage(labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(errorPage.alert).every(([name, value]) => labels[name] === value);
}

/** Of the group, over twice the long window. */
function dashboardOf(service: string, slo: string, group: string): string {
  return `https://grafana.example.com/d/firebreak-slo?var-slo_service=${service}&var-slo=${slo}&var-group=${group}&from=now-2m&to=now`;
}
