/** Inhibition on a real Alertmanager, alone and beside the rules that kube-prometheus brings. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { RuleGroup } from "../../src/compile/plan.ts";
import type { AlertmanagerConfig, InhibitRule } from "../../src/emit/alertmanager/config.ts";
import { alertmanager } from "../../src/emit/alertmanager.ts";
import { render } from "../../src/emit/artifact.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startAlertmanager } from "../support/engines.ts";
import { PATIENCE_MS } from "../support/live-wait.ts";
import { planFixture, tierFixture, tiersFixture } from "../support/plan-fixture.ts";

type Labels = Readonly<Record<string, string>>;

const plan = planFixture(
  [
    { id: "gateway/availability", groupBy: ["model"] },
    { id: "gateway/latency" },
    { id: "chat/availability", owner: "product", groupBy: ["model", "tenant"], dependsOn: ["gateway/availability"] },
    { id: "batch/freshness", tiers: [...tiersFixture, tierFixture("info-slow", "info", 0.5, 432_000, 43_200)] },
  ],
  { severities: { page: "critical", ticket: "warning", info: "info" } },
);

// https://github.com/prometheus-operator/kube-prometheus/blob/main/manifests/alertmanager-secret.yaml
const stockRules: readonly InhibitRule[] = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ["namespace", "alertname"],
  },
  { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'], equal: ["namespace", "alertname"] },
  { source_matchers: ['alertname="InfoInhibitor"'], target_matchers: ['severity="info"'], equal: ["namespace"] },
];

const configurations = { alone: [], "beside kube-prometheus's rules": stockRules } as const;

describeWithEngine("alertmanager", "inhibition on a real Alertmanager", () => {
  describe.each(Object.entries(configurations))("%s", (_name, others) => suite(others));
});

function suite(others: readonly InhibitRule[]): void {
  let server: Server;
  beforeAll(async () => {
    server = await startAlertmanager({ config: configWith(others) });
  });
  afterAll(() => server?.stop());
  afterEach(() => resolveAll(server));

  test("what pages holds back no ticket of its own: that ends in its own rule, and a ticket that is out is closed", async () => {
    const group = { cluster: "models", model: "a" };
    const [ticket, page, source] = gateway(group, ["SloBurnTicketFast", "SloBurnPageFast", "SloBurning"]) as [
      Labels,
      Labels,
      Labels,
    ];
    await expectTold(
      server,
      [ticket, page, source],
      ["gateway/availability SloBurnPageFast models a", "gateway/availability SloBurnTicketFast models a"],
    );
  });

  test("the silent source reaches no receiver that tells anybody, not even a stock one", async () => {
    const upstream = labelsOf("chat/availability", "SloUpstreamDown", { cluster: "silent", model: "a" });
    const sources = [...gateway({ cluster: "silent", model: "a" }, ["SloBurning"]), upstream];
    await post(server, sources, { endsAt: undefined });
    const receivers = async () => (await known(server)).flatMap((each) => each.receivers);
    await expect.poll(receivers, { timeout: PATIENCE_MS }).toEqual([{ name: "null" }, { name: "null" }]);
  });

  test("a ticket alone holds nothing back: of two tickets both are reported", async () => {
    const alerts = gateway({ cluster: "tickets", model: "a" }, ["SloBurnTicketFast", "SloBurnTicketSlow"]);
    await expectTold(server, alerts, [
      "gateway/availability SloBurnTicketFast tickets a",
      "gateway/availability SloBurnTicketSlow tickets a",
    ]);
  });

  test("what is depended on silences the dependants of the same model", async () => {
    const cluster = "depends";
    const chat = (model: string) => labelsOf("chat/availability", "SloBurnPageFast", { cluster, model, tenant: "t" });
    const broken = labelsOf("chat/availability", "SloBroken", { cluster, model: "a", tenant: "t" });
    await expectTold(
      server,
      [
        ...gateway({ cluster, model: "a" }, ["SloBurnPageSlow", "SloBurning"]),
        labelsOf("chat/availability", "SloUpstreamDown", { reason: "burning", cluster, model: "a" }),
        ...[chat("a"), chat("b"), broken],
      ],
      [
        "chat/availability SloBroken depends a t",
        "chat/availability SloBurnPageFast depends b t",
        "gateway/availability SloBurnPageSlow depends a",
      ],
    );
  });

  test("the targets of what is depended on being down silences the dependants of every model", async () => {
    const chat = (model: string) =>
      labelsOf("chat/availability", "SloBurnPageFast", { cluster: "dead", model, tenant: "t" });
    const own = { cluster: "dead", job: "chat" };
    await expectTold(
      server,
      [
        down("gateway", { cluster: "dead", job: "gateway" }),
        labelsOf("chat/availability", "SloUpstreamDown", { reason: "targets-down", cluster: "dead" }),
        ...[chat("a"), chat("b"), down("chat", own)],
      ],
      ["chat SloTargetsDown dead chat", "gateway SloTargetsDown dead gateway"],
    );
  });

  test("targets that are down silence the missing data of every SLO; a spent budget silences nothing", async () => {
    const cluster = "down";
    const noData = [
      ...gateway({ cluster, model: "a" }, ["SloNoData"]),
      labelsOf("gateway/latency", "SloNoData", { cluster }),
      labelsOf("batch/freshness", "SloNoData", { cluster }),
    ];
    const spent = gateway({ cluster: "spent", model: "a" }, ["SloBudgetExhausted", "SloBurnTicketSlow", "SloNoData"]);
    await expectTold(
      server,
      [down("gateway", { cluster, job: "gateway" }), ...noData, ...spent],
      [
        "batch/freshness SloNoData down",
        "gateway SloTargetsDown down gateway",
        "gateway/availability SloBudgetExhausted spent a",
        "gateway/availability SloBurnTicketSlow spent a",
        "gateway/availability SloNoData spent a",
      ],
    );
  });

  test("targets of one job that are down do not silence the missing data of another job of the service", async () => {
    const cluster = "jobs";
    const noData = (job: string) => labelsOf("gateway/latency", "SloNoData", { cluster, job });
    await expectTold(
      server,
      [down("gateway", { cluster, job: "gateway" }), noData("gateway"), noData("worker")],
      ["gateway SloTargetsDown jobs gateway", "gateway/latency SloNoData jobs worker"],
    );
  });

  test("SLOs without any label of a group or cluster do not silence each other", async () => {
    const alerts = [
      labelsOf("gateway/latency", "SloBurnPageFast", {}),
      labelsOf("gateway/latency", "SloBurning", {}),
      labelsOf("batch/freshness", "SloBurnTicketFast", {}),
    ];
    await expectTold(server, alerts, ["batch/freshness SloBurnTicketFast", "gateway/latency SloBurnPageFast"]);
  });

  // Stock rules mean it so: information is reported only beside something worse, and InfoInhibitor copies all labels.
  const info = others.length === 0 ? ["batch/freshness SloBurnInfoSlow info"] : [];
  test("InfoInhibitor, a copy of the information, is no source of ours", async () => {
    const original = labelsOf("batch/freshness", "SloBurnInfoSlow", { cluster: "info" });
    const copy = { ...original, alertname: "InfoInhibitor", severity: "none" };
    const ticket = gateway({ cluster: "info", model: "a" }, ["SloBurnTicketSlow"]);
    await expectTold(
      server,
      [original, copy, ...ticket],
      [...info, "batch/freshness InfoInhibitor info", "gateway/availability SloBurnTicketSlow info a"],
    );
  });
}

function configWith(others: readonly InhibitRule[]): string {
  const [config] = alertmanager.emit(plan, {});
  if (config === undefined) throw new Error("the target emits no configuration");
  const own = parse(render(config)) as AlertmanagerConfig;
  return stringify({ ...own, templates: [], inhibit_rules: [...others, ...own.inhibit_rules] });
}

function gateway(group: Labels, alerts: readonly string[]): Labels[] {
  return alerts.map((alert) => labelsOf("gateway/availability", alert, group));
}

function labelsOf(id: string, name: string, group: Labels): Labels {
  const slo = plan.services.flatMap((service) => service.slos).find((each) => each.slo.id === id);
  return arriving(slo?.groups ?? [], name, group);
}

/** Of a service and a job. */
function down(name: string, group: Labels): Labels {
  return arriving(plan.services.find(({ service }) => service.name === name)?.groups ?? [], "SloTargetsDown", group);
}

function arriving(groups: readonly RuleGroup[], name: string, group: Labels): Labels {
  const alert = groups.flatMap(({ rules }) => rules).find((rule) => rule.type === "alert" && rule.alert === name);
  if (alert === undefined) throw new Error(`there is no alert ${name}`);
  return { alertname: name, ...alert.labels, ...group };
}

/** Fires these alerts, beside those that fire already, and expects that exactly these are reported. */
async function expectTold(server: Server, alerts: readonly Labels[], expected: readonly string[]): Promise<void> {
  await post(server, alerts, { endsAt: undefined });
  // The inhibitor hears of alerts a moment after the API has accepted them: first time to silence too much, then to catch up.
  await sleep(300);
  const names = async () => (await firing(server, "?inhibited=false")).filter(isTold).map(describeAlert).sort();
  await expect.poll(names, { timeout: PATIENCE_MS }).toEqual([...expected].sort());
}

/** Another test shows that the silent sources reach nobody. */
function isTold({ alertname = "" }: Labels): boolean {
  return !["SloBurning", "SloUpstreamDown"].includes(alertname);
}

async function resolveAll(server: Server): Promise<void> {
  await post(server, await firing(server, ""), { endsAt: new Date(Date.now() - 1000).toISOString() });
}

async function post(
  server: Server,
  alerts: readonly Labels[],
  state: { readonly endsAt: string | undefined },
): Promise<void> {
  const body = JSON.stringify(alerts.map((labels) => ({ labels, startsAt: "2026-01-01T00:00:00Z", ...state })));
  const response = await fetch(`${server.url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  expect(response.status, await response.text()).toBe(200);
}

async function firing(server: Server, query: string): Promise<Labels[]> {
  return (await known(server, query)).map(({ labels }) => labels);
}

interface Known {
  readonly labels: Labels;
  readonly receivers: readonly { readonly name: string }[];
}

async function known(server: Server, query = ""): Promise<Known[]> {
  const response = await fetch(`${server.url}/api/v2/alerts${query}`);
  return (await response.json()) as Known[];
}

/** SLO, alert, and the values of the group labels. */
function describeAlert({ slo_service, slo, alertname, cluster, job, model, tenant }: Labels): string {
  return [[slo_service, slo].filter(Boolean).join("/"), alertname, cluster, job, model, tenant]
    .filter(Boolean)
    .join(" ");
}
