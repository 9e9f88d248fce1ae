/** What people read of alerts that a test makes up: the generated configuration in a real Alertmanager, and Slack. */
import { parse, stringify } from "yaml";
import type { PlatformDeclaration, ServiceDeclaration, Text } from "../../src/declare/declaration.ts";
import type { AlertmanagerConfig } from "../../src/emit/alertmanager/config.ts";
import type { Server } from "./engine-server.ts";
import { startAlertmanager } from "./engines.ts";
import { secondsOf } from "./live-alertmanager.ts";
import { buildFiles, makeWorkspace, type Workspace, writeFiles } from "./live-build.ts";
import type { Labels } from "./live-prometheus.ts";
import { startWebhookSink, type WebhookSink } from "./live-webhook.ts";

export interface MessageWorld {
  readonly alertmanager: Server;
  /** In the order of arrival. */
  messages(): readonly Message[];
  /** These alerts fire, or have resolved. */
  send(alerts: readonly Labels[], state?: "firing" | "resolved"): Promise<void>;
  /** The labels with which a generated alert arrives: those of its rule, and of its group. */
  alert(of: string, name: string, group: Labels): Labels;
  stop(): Promise<void>;
}

/** As Slack shows it. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

/** @param hurry - By how much the times of the routes are divided. */
export async function startMessages(services: readonly ServiceDeclaration[], hurry: number): Promise<MessageWorld> {
  const [workspace, sink] = [makeWorkspace("messages"), await startWebhookSink()];
  const { plan, files } = buildFiles(services, platform(workspace));
  writeFiles(workspace.dir, { ...files, "secrets/chat": `${sink.url}/slack` });
  const alertmanager = await startAlertmanager({
    config: hurried(files["alertmanager/alertmanager.yaml"] ?? "", hurry),
    dir: `${workspace.dir}/alertmanager`,
  });
  const parts = plan.services.flatMap(({ service, alerts, slos, budgets, experiments }) => [
    { id: service.name, alerts },
    ...slos.map(({ slo, alerts }) => ({ id: slo.id, alerts })),
    ...budgets.map(({ budget, alerts }) => ({ id: budget.id, alerts })),
    ...experiments.map(({ experiment, alerts }) => ({ id: experiment.id, alerts })),
  ]);
  const rulesOf = (of: string, name: string) =>
    parts.find(({ id }) => id === of)?.alerts.filter(({ alert }) => alert === name) ?? [];
  const annotations = (labels: Labels) => {
    const [rule] = rulesOf(idOf(labels), labels.alertname ?? "");
    return { ...annotationsOf(labels), silence_also: expanded(rule?.annotations.silence_also, labels) };
  };
  return {
    alertmanager,
    messages: () => messagesOf(sink),
    send: (alerts, state = "firing") => post(alertmanager, alerts, annotations, state),
    alert: (of, name, group) => {
      const rule = rulesOf(of, name).find(({ labels }) => group.reason === undefined || labels.reason === group.reason);
      if (rule === undefined) throw new Error(`${of} has no alert ${name}`);
      return { alertname: name, ...rule.labels, ...group };
    },
    stop: async () => {
      await alertmanager.stop();
      await sink.stop();
      workspace.remove();
    },
  };
}

function messagesOf({ notifications }: WebhookSink): Message[] {
  return notifications.flatMap(({ body }) => body.attachments ?? []);
}

async function post(
  { url }: Server,
  alerts: readonly Labels[],
  annotations: (labels: Labels) => Labels,
  state: "firing" | "resolved",
): Promise<void> {
  const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds).toISOString();
  // What began before its group's wait would be reported at once.
  const times = state === "firing" ? { startsAt: ago(0) } : { startsAt: ago(60), endsAt: ago(1) };
  const body = alerts.map((labels) => ({ labels, annotations: annotations(labels), ...times }));
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
}

/** What an alert is about in one line, and a runbook of its SLO or service. */
function annotationsOf(labels: Labels): Record<string, string> {
  const { slo = labels.slo_service } = labels;
  return { summary: describeLabels(labels), runbook_url: `https://runbooks.example.com/${slo}` };
}

/** What Prometheus makes of an annotation that asks which labels are missing, as test/compile/silence-annotations.test.ts shows. */
function expanded(text: Text | undefined, labels: Labels): string {
  if (typeof text !== "object") return "";
  return text.template.replace(
    /\{\{ if not \$labels\.(\w+) \}\}(.*?)\{\{ end \}\}/g,
    (_all, label: string, then: string) => (labels[label] ? "" : then),
  );
}

function idOf({ slo_service, slo, budget, experiment }: Labels): string {
  return [slo_service, slo ?? budget ?? experiment].filter(Boolean).join("/");
}

/** `SloBurnPageFast shop/availability eu a`, `SloTargetsDown shop eu web`. */
export function describeLabels(labels: Labels): string {
  const { alertname, cluster, model, job, variant, sli } = labels;
  return [alertname, idOf(labels), cluster, job, model ?? variant, sli].filter(Boolean).join(" ");
}

/** The times of all routes as generated, only faster. Receivers, matchers, grouping, inhibition and texts stay. */
function hurried(text: string, hurry: number): string {
  const config = parse(text) as AlertmanagerConfig;
  const routes = config.route.routes?.map((route) => ({
    ...route,
    group_wait: faster(route.group_wait, hurry),
    group_interval: faster(route.group_interval, hurry),
  }));
  return stringify({ ...config, route: { ...config.route, routes } });
}

function faster(duration: string, hurry: number): string {
  return `${Math.round((1000 * secondsOf(duration)) / hurry)}ms`;
}

function platform({ dir }: Workspace): PlatformDeclaration {
  const chat = { slack: { secret: "chat", channel: "#alerts" } };
  return {
    retention: "40d",
    identity: ["cluster"],
    secretsDirectory: `${dir}/secrets`,
    receivers: { default: { page: chat, ticket: chat, info: chat } },
  };
}
