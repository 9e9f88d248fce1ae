/** A shop whose pages go to a chat, and what its cluster's Alertmanager did before. */
import { build } from "../../src/build.ts";
import { events } from "../../src/declare/construct.ts";
import type { AlertingDeclaration, PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { mergeInto } from "../../src/emit/alertmanager/merge.ts";
import { compileConfig } from "../../src/emit/alertmanager.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import type { SloStackArgs } from "../../src/pulumi/index.ts";
import type { WebhookSink } from "../support/live-webhook.ts";

/** The usual factors, over windows that a test can wait for. */
const alerting: AlertingDeclaration = {
  tiers: [
    { name: "page-fast", severity: "page", long: "60s", short: "12s", burn: 14.4 },
    { name: "ticket", severity: "ticket", long: "2m", short: "20s", burn: 1 },
  ],
};

export const shop: ServiceDeclaration = {
  name: "shop",
  owner: "web",
  runbooks: "https://runbooks.example.com/shop",
  slos: [
    {
      name: "availability",
      objective: 99,
      window: "1h",
      alerting,
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
    },
  ],
};

/** Chats, since their texts come from the template: a configuration that does not find it notifies nobody. */
export function platform(): PlatformDeclaration {
  return {
    scrapeInterval: "1s",
    evaluationInterval: "1s",
    settle: "1s",
    retention: "45d",
    dashboards: "https://grafana.example.com",
    receivers: {
      default: {
        page: { slack: { secret: "pager", channel: "#pages" } },
        ticket: { slack: { secret: "tickets", channel: "#slo" } },
      },
    },
  };
}

/** What somebody wrote into the chart's `alertmanager.config` before. */
export function theirs({ url }: WebhookSink): object {
  return {
    route: {
      group_by: ["namespace"],
      group_wait: "1s",
      receiver: "everyone",
      routes: [
        { receiver: "null", matchers: ['alertname = "Watchdog"'] },
        { receiver: "database", matchers: ['team = "database"'] },
      ],
    },
    receivers: ["everyone", "database"]
      .map((name): object => ({ name, webhook_configs: [{ url: `${url}/${name}` }] }))
      .concat({ name: "null" }),
  };
}

/** What `firebreak merge` makes of a configuration, and the texts that it puts beside it. */
export function merged(theirOwn: string, { services, platform: ours }: SloStackArgs): Record<string, string> {
  const { plan, artifacts } = build({
    services,
    platform: ours,
    templates: readTemplates(),
    targets: ["alertmanager"],
  });
  const texts = artifacts.find(({ path }) => path.endsWith("firebreak.tmpl"));
  const result = plan && mergeInto(theirOwn, compileConfig(plan), "alertmanager.yaml");
  if (result === undefined || !("text" in result) || texts === undefined) throw new Error(JSON.stringify(result));
  return { "alertmanager.yaml": result.text, "firebreak.tmpl": render(texts) };
}
