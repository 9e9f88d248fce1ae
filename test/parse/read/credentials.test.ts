/** Credentials are refused wherever a URL, a text or a secret's name is declared; what only looks like one is not. */
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, service } from "../valid.ts";

const LOGIN = "https://user:hunter2@r.example.com/x";

function found(services: unknown, environment: unknown = platform): string[] {
  const { issues } = parse({ services, platform: environment });
  return issues.map(({ code, path }) => `${code} ${path.join(".")}`);
}

const ofPlatform = (change: object) => found([service], { ...platform, ...change });
const ofPage = (page: object) => ofPlatform({ receivers: { default: { page } } });
const codeOf = (url: string) => found([{ ...service, runbooks: url }]);

/** Keys are made up here, so that no scanner takes this file for a leak. */
const hex = (length: number) => "0123456789abcdef".repeat(8).slice(0, length);
const slackToken = ["xoxb", "123456789012", "abcdefABCDEF"].join("-");

describe("a credential is refused", () => {
  const spend = {
    kind: "spend",
    name: "b",
    metric: "x_dollars_total",
    per: "day",
    limit: { amount: 5, unit: "dollars" },
  };
  const sli = availability.sli;
  const trial = { name: "t", label: "arm", baseline: "a", slis: [{ name: "s", sli }] };
  const slo = (change: object) => ({ ...service, slos: [{ ...availability, ...change }] });

  test.each<[string, object]>([
    ["runbooks", { ...service, runbooks: LOGIN }],
    ["description", { ...service, description: `see ${LOGIN}` }],
    ["labels.wiki", { ...service, labels: { wiki: LOGIN } }],
    ["annotations.wiki", { ...service, annotations: { wiki: `see ${LOGIN}, please` } }],
    ["annotations.wiki", { ...service, annotations: { wiki: { template: `${LOGIN}/{{ $labels.model }}` } } }],
    ["slos.0.runbook", slo({ runbook: LOGIN })],
    ["slos.0.description", slo({ description: LOGIN })],
    ["slos.0.annotations.a", slo({ annotations: { a: LOGIN } })],
    ["slos.0.alerting.annotations.a", slo({ alerting: { annotations: { a: LOGIN } } })],
    [
      "slos.0.exclude.0.reason",
      slo({ exclude: [{ reason: LOGIN, from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }] }),
    ],
    ["budgets.0.runbook", { ...service, budgets: [{ ...spend, runbook: LOGIN }] }],
    ["budgets.0.description", { ...service, budgets: [{ ...spend, description: LOGIN }] }],
    ["experiments.0.runbook", { ...service, experiments: [{ ...trial, runbook: LOGIN }] }],
    ["experiments.0.description", { ...service, experiments: [{ ...trial, description: LOGIN }] }],
  ])("in %s", (place, declared) => {
    expect(found([declared])).toEqual([`credential-in-url gateway.${place}`]);
  });

  test("in the platform's URLs and those of its receivers", () => {
    expect(ofPlatform({ runbooks: LOGIN, dashboards: LOGIN })).toEqual([
      "credential-in-url platform.dashboards",
      "credential-in-url platform.runbooks",
    ]);
    expect(ofPage({ webhook: { url: LOGIN } })).toEqual([
      "credential-in-url platform.receivers.default.page.webhook.url",
    ]);
    expect(ofPage({ slack: { secret: "slack", channel: slackToken } })).toEqual([
      "credential-in-url platform.receivers.default.page.slack.channel",
    ]);
  });

  test("and never quoted", () => {
    const { issues } = parse({
      services: [{ ...service, runbooks: LOGIN, annotations: LOGIN, groupBy: LOGIN }],
      platform: { ...platform, dashboards: LOGIN },
    });
    expect(issues.length).toBeGreaterThan(3);
    expect(JSON.stringify(issues)).not.toContain("hunter2");
  });
});

test.each([
  "https://user@r.example.com",
  "https://r.example.com/?token=a1",
  "https://r.example.com/?a=b&access_token=a1",
  "https://r.example.com/?API-Key=a1",
  "https://r.example.com/?tok%65n=a1",
  "https://r.example.com/#access_token=a1",
  "https://r.example.com/#/page?password=a1",
  "https://r.example.com/?X-Amz-Signature=a1",
  `https://r.example.com/?key=${hex(32)}`,
  `https://r.example.com/${slackToken}`,
  "https://hooks.slack.com/services/T0/B0/x",
  "https://HOOKS.slack.com./workflows/T0/A0/x",
  "https://hooks.slack.com//%73ervices/T0/B0/x",
  "https://discord.com/api/webhooks/1/x",
  "https://canary.discordapp.com/api/v10/webhooks/1/x",
  "https://example.webhook.office.com/webhookb2/x",
  "https://outlook.office.com/webhook/x",
  "https://prod-1.westeurope.logic.azure.com/workflows/x/triggers/manual/paths/invoke?sp=a&sig=x",
  "https://chat.googleapis.com/v1/spaces/A/messages",
  "https://events.pagerduty.com/integration/x/enqueue",
  "https://events.eu.pagerduty.com/v2/enqueue",
  "https://api.telegram.org/bot1:x/sendMessage",
  "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x",
  `https://chat.example.com/hooks/${"ab1".repeat(9).slice(0, 26)}`,
])("%s gives a credential away", (url) => expect(codeOf(url)).toEqual(["credential-in-url gateway.runbooks"]));

test.each([
  "https://runbooks.example.com/inference",
  "https://slack.com/archives/C0123/p1",
  "https://hooks.slack.com/",
  "https://discord.com/channels/1/2",
  "https://hooks.example.com/pages",
  "https://r.example.com/tokens/token=secret",
  "https://r.example.com/@user/page",
  "https://r.example.com/?next_page_token=abc",
  "https://r.example.com/?tokens_per_second=5",
  "https://r.example.com/?token=",
  "https://wiki.example.com/?key=SPACE",
  "https://g.example.com/d/abc?var-key=x&from=now-1h",
  `https://www.notion.so/Runbook-${hex(32)}?pvs=4`,
  "https://docs.example.com/sk-learn-the-whole-long-story",
  "https://outlook.office.com/mail/",
])("%s gives nothing away", (url) => expect(codeOf(url)).toEqual([]));

test("a template that is filled in later gives nothing away", () => {
  const wiki = { template: "https://r.example.com/?token={{ $labels.slo }}" };
  expect(found([{ ...service, annotations: { wiki } }])).toEqual([]);
});

describe("a secret's name", () => {
  const ofName = (secret: string) => ofPage({ pagerduty: { secret } });
  const place = "platform.receivers.default.page.pagerduty.secret";

  test.each([
    hex(32),
    hex(40).toUpperCase(),
    `R0${"23ABCDEF".repeat(4).slice(0, 30)}`,
    "01234567-89ab-cdef-0123-456789abcdef",
    slackToken,
    "https://hooks.slack.com/services/T0/B0/x",
    "https://example.com",
    `ghp_${hex(36)}`,
    "a1B2c3D4e5F6g7H8i9J0kL",
  ])("is no value such as %s", (secret) => expect(ofName(secret)).toEqual([`secret-value ${place}`]));

  test.each(["T0/B0/x", "a b", "", ".hidden"])("is none: %j", (secret) =>
    expect(ofName(secret)).toEqual([`bad-id ${place}`]),
  );

  test.each([
    "pagerduty",
    "pagerduty-ml-platform",
    "PD_KEY_2024_Q1",
    "slack.webhook-url",
    "k8sEuWest1PagerdutyProd2",
    "team-2024-01-15-region-7-cluster-12",
    "deadbeef",
    "PAGERDUTYSERVICEKEYFORTHEMLTEAMS",
  ])("may be %s", (secret) => expect(ofName(secret)).toEqual([]));
});
