/**
 * What a person reads, from history to message: Prometheus's own code fills the annotations in (promtool), and
 * Alertmanager's own the templates (amtool). golden/texts/ holds each message as it is reported.
 */
import { expect, test } from "vitest";
import { type Annotated, annotated } from "../../support/annotated.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { amtoolRender } from "./amtool-render.ts";
import { type Case, cases } from "./message-cases.ts";

/** On a phone. */
const TITLE = 60;
const SLACK = 600;

describeWithEngine(["promtool", "amtool"], "a message", () => {
  test.each(cases)("of $name says what is so, and what is left when it is over", async (each) => {
    const alerts = await annotated(each);
    expect(alerts).toHaveLength(each.alerts ?? 1);
    const firing = await rendered(alerts, "firing");
    const resolved = await rendered(alerts, "resolved");
    await expect(page(firing, resolved)).toMatchFileSnapshot(`golden/texts/${each.name.replaceAll(" ", "-")}.txt`);
    for (const { title } of [firing, resolved]) expect(title.length, title).toBeLessThanOrEqual(each.title ?? TITLE);
    if (alerts.length === 1) expect(seen(firing.slack).length).toBeLessThanOrEqual(SLACK);
    expect(firing.slack).not.toMatch(/%!|<no value>|error expanding/);
  });

  test("in an e-mail lists the groups of a ticket in a table, and its links once", async () => {
    const html = await mailOf("a ticket of two groups");
    await expect(html).toMatchFileSnapshot("golden/texts/a-ticket-of-two-groups.html");
    expect(html.match(/<tr>/g)).toHaveLength(2);
    expect(html.match(/>Runbook</g)).toHaveLength(1);
  });

  test("in an e-mail about a page says what the page says", async () => {
    const html = await mailOf("a page");
    await expect(html).toMatchFileSnapshot("golden/texts/a-page.html");
    expect(html).toContain("<h3>inference-gateway/error-rate gpt-4: ");
    expect(html).not.toContain("<table");
  });
});

async function mailOf(name: string): Promise<string> {
  const alerts = await annotated(cases.find((each) => each.name === name) as Case);
  return amtoolRender('{{ template "firebreak.email" . }}', bodyOf(alerts, "firing"), "html");
}

interface Rendered {
  readonly title: string;
  readonly slack: string;
  readonly text: string;
}

async function rendered(alerts: readonly Annotated[], status: "firing" | "resolved"): Promise<Rendered> {
  const names = ["firebreak.slack.title", "firebreak.slack.text", "firebreak.text"];
  const template = names.map((name) => `{{ template "${name}" . }}`).join("\u0001");
  const [title = "", slack = "", text = ""] = (await amtoolRender(template, bodyOf(alerts, status))).split("\u0001");
  return { title, slack, text };
}

/** Sent at ten, and over 26 minutes later. */
function bodyOf(alerts: readonly Annotated[], status: "firing" | "resolved"): object {
  const times = {
    startsAt: "2026-01-01T10:00:00Z",
    endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : "2026-01-01T10:26:00.004Z",
  };
  return {
    receiver: "r",
    status,
    externalURL: "https://am.example.com",
    groupLabels: {},
    commonLabels: alerts.map(({ labels }) => labels).reduce(common),
    commonAnnotations: alerts.map(({ annotations }) => annotations).reduce(common),
    alerts: alerts.map((alert) => ({ ...alert, ...times, status, generatorURL: "https://prom.example.com/graph?q=1" })),
  };
}

function common(a: Annotated["labels"], b: Annotated["labels"]): Annotated["labels"] {
  return Object.fromEntries(Object.entries(a).filter(([name, value]) => b[name] === value));
}

function page(firing: Rendered, resolved: Rendered): string {
  const parts = [firing.title, firing.slack, firing.text, resolved.title, resolved.slack];
  const heads = ["Title", "Slack", "Plain text", "Title, resolved", "Slack, resolved"];
  return heads.map((head, at) => `== ${head}\n${parts[at]?.trimEnd()}\n`).join("\n");
}

/** A link is seen as its name. */
function seen(slack: string): string {
  return slack.replaceAll(/<[^|>]*\|([^>]*)>/g, "$1");
}
