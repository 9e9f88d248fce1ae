/** The Alertmanager target as a whole: files that amtool accepts, and routes that lead where they say. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AlertmanagerConfig, Receiver } from "../../src/emit/alertmanager/config.ts";
import type { RouteTest } from "../../src/emit/alertmanager/route-tests.ts";
import { describeWithEngine, runAmtool } from "../support/engines.ts";
import { planFixture, tierFixture, tiersFixture } from "../support/plan-fixture.ts";
import { rendered, writtenOut } from "./alertmanager/written-out.ts";

const gateway = { id: "inference-gateway/availability", groupBy: ["model"] };
const chat = {
  id: "chat/availability",
  owner: "product",
  groupBy: ["model", "tenant"],
  dependsOn: ["inference-gateway/availability"],
};
const training = {
  id: "training/freshness",
  owner: "data",
  tiers: [...tiersFixture, tierFixture("info-slow", "info", 0.5, 259_200, 21_600)],
};
const every = { secret: "a" };

const plans = {
  default: planFixture([gateway, chat, training]),
  "kube-prometheus": planFixture([gateway, chat, training], {
    severities: { page: "critical", ticket: "warning", info: "info" },
    businessHours: {
      start: "09:00",
      end: "17:30",
      location: "Europe/Berlin",
      days: ["monday", "tuesday", "wednesday"],
    },
  }),
  skeleton: planFixture([gateway, chat], { receivers: {}, identity: [] }),
  "every-integration": planFixture([gateway], {
    receivers: {
      default: {
        page: {
          pagerduty: every,
          opsgenie: every,
          slack: every,
          msteams: every,
          discord: every,
          incidentio: { ...every, url: "https://api.incident.io/v2/alert_events/alertmanager/x" },
          jira: { ...every, url: "https://jira.example.com", project: "OPS", user: "bot@example.com", resolve: "Done" },
          raw: {
            telegram_configs: [{ chat_id: 1, bot_token_file: every }],
            slack_configs: [{ app_token_file: every, app_url: "https://slack.example.com/api/x", channel: "#all" }],
          },
          webhook: { url: "https://hooks.example.com/x" },
        },
        ticket: {
          webhook: every,
          jira: { ...every, url: "https://jira.example.com", project: "OPS", issueType: "Bug" },
          email: {
            ...{ to: "team@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587" },
            ...{ user: "alerts@example.com", ...every, requireTls: true, caFile: "/etc/ssl/mail.pem" },
          },
        },
      },
    },
  }),
};

describe.each(Object.entries(plans))("%s", (name, plan) => {
  test("its files are as reviewed", async () => {
    for (const [path, text] of Object.entries(rendered(plan)).filter(([path]) => path.endsWith(".yaml"))) {
      await expect(text).toMatchFileSnapshot(`alertmanager/golden/${name}/${path}`);
    }
  });
});

test("the text of notifications is the same whatever is declared", () => {
  expect(new Set(Object.values(plans).map((plan) => rendered(plan)["templates/firebreak.tmpl"])).size).toBe(1);
});

describeWithEngine("amtool", "amtool", () => {
  test.each(Object.entries(plans))("accepts the configuration in strict mode: %s", async (_name, plan) => {
    const answer = await runAmtool([
      "check-config",
      "--enable-feature=utf8-strict-mode",
      join(writtenOut(plan), "alertmanager.yaml"),
    ]);
    expect(answer.stdout + answer.stderr).toContain("1 templates");
    expect(answer.status).toBe(0);
  });

  test.each(Object.entries(plans))("leads every alert to its receiver: %s", async (_name, plan) => {
    const folder = writtenOut(plan);
    const files = Object.entries(rendered(plan)).filter(([path]) => path.endsWith("routes.tests.yaml"));
    const cases = files.flatMap(([, text]) => parse(text) as RouteTest[]);
    expect(cases.length).toBeGreaterThan(4);
    for (const { labels, receivers } of cases) {
      const answer = await runAmtool([
        ...["config", "routes", "test", `--config.file=${join(folder, "alertmanager.yaml")}`],
        ...[
          `--verify.receivers=${receivers.join(",")}`,
          ...Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`),
        ],
      ]);
      expect(answer.status, JSON.stringify({ labels, ...answer })).toBe(0);
    }
  });
});

test("a skeleton says that it reaches nobody, and a configuration with receivers does not", () => {
  expect(rendered(plans.skeleton)["alertmanager.yaml"]).toMatch(/^# NOT DEPLOYABLE/m);
  expect(rendered(plans.default)["alertmanager.yaml"]).not.toContain("NOT DEPLOYABLE");
});

test("a configuration without a default team says whose alerts reach nobody", () => {
  const receivers = { "ml-platform": { page: { slack: every }, ticket: { slack: every } } };
  expect(rendered(planFixture([gateway], { receivers }))["alertmanager.yaml"]).toContain(
    "not firebreak's reach nobody",
  );
  expect(rendered(plans.default)["alertmanager.yaml"]).not.toContain("not firebreak's reach nobody");
});

test("secrets are file paths, and what resolves is reported, in every integration", () => {
  const { receivers } = parse(rendered(plans["every-integration"])["alertmanager.yaml"] ?? "") as AlertmanagerConfig;
  const all = receivers.flatMap(integrationsOf);
  expect(new Set(all.map(([kind]) => kind)).size).toBe(10);
  for (const [, config] of all) {
    // What is declared as Alertmanager has it is passed on as it is, and that has its own defaults.
    if (!("chat_id" in config) && !("app_url" in config)) expect(config.send_resolved).toBe(true);
    expect(secretsIn(config)).toSatisfy((values: unknown[]) =>
      values.every((value) => value === "/etc/alertmanager/secrets/a"),
    );
  }
});

test("braces in what was declared are data", () => {
  const receivers = { default: { page: { slack: { secret: "slack", channel: "#{{ .Status }}" } } } };
  expect(rendered(planFixture([gateway], { receivers }))["alertmanager.yaml"]).toContain(
    `channel: '#{{ "{{" }} .Status }}'`,
  );
});

test("one more SLO only adds to the route tests of its service", () => {
  const before = rendered(planFixture([gateway, chat]));
  const after = rendered(planFixture([gateway, { id: "inference-gateway/latency" }, chat]));
  const own = "inference-gateway.routes.tests.yaml";
  expect({ ...after, [own]: "" }).toEqual({ ...before, [own]: "" });
  // But for the first line, which has the sum.
  expect(isSubsequence(lines(before[own]).slice(1), lines(after[own]))).toBe(true);
});

test("the order of the declarations shows nowhere", () => {
  expect(rendered(planFixture([chat, training, gateway]))["alertmanager.yaml"]).toBe(
    rendered(plans.default)["alertmanager.yaml"],
  );
});

function integrationsOf(receiver: Receiver): [string, Record<string, unknown>][] {
  const lists = Object.entries(receiver).filter(([key]) => key !== "name") as unknown as [
    string,
    Record<string, unknown>[],
  ][];
  return lists.flatMap(([kind, configs]) => configs.map((config): [string, Record<string, unknown>] => [kind, config]));
}

/** However deep; Jira's URL is none, and a certificate is public. */
function secretsIn(config: unknown): unknown[] {
  if (typeof config !== "object" || config === null) return [];
  const isJira = "project" in config;
  return Object.entries(config).flatMap(([key, value]) => {
    const isSecret =
      /(_file|_key|api_url|webhook_url)$/.test(key) && key !== "ca_file" && !(isJira && key === "api_url");
    return isSecret ? [value] : secretsIn(value);
  });
}

function lines(text = ""): string[] {
  return text.split("\n");
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const line of whole) if (line === part[found]) found += 1;
  return found === part.length;
}
