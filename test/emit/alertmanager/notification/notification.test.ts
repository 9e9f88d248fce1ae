/** Notifications as people read them: rendered by amtool, and received from a real Alertmanager. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import type { Plan } from "../../../../src/compile/plan.ts";
import type { AlertmanagerConfig } from "../../../../src/emit/alertmanager/config.ts";
import { notificationTemplate } from "../../../../src/emit/alertmanager/notification/notification.ts";
import { describeWithEngine, startAlertmanager } from "../../../support/engines.ts";
import { PATIENCE_MS } from "../../../support/live-wait.ts";
import { planFixture } from "../../../support/plan-fixture.ts";
import { amtoolRender } from "../amtool-render.ts";
import { rendered, writtenOut } from "../written-out.ts";

const page = {
  status: "firing",
  startsAt: "2026-01-01T10:00:00Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prom/graph?g0.expr=a%26b",
  labels: {
    alertname: "SloBurnPageFast",
    slo_service: "gateway",
    slo: "availability",
    model: "a b",
    severity: "page",
    long: "1h",
    short: "5m",
  },
  annotations: {
    summary: "gateway/availability a b: 2.4% bad, 18h 3m 20s left",
    description: "2% of events were bad, <!channel> & all.",
    runbook_url: "https://runbooks.example.com/gateway",
    dashboard_url: "https://grafana.example.com/d/gateway?a=1&b=2",
  },
};
const foreign = {
  ...page,
  generatorURL: undefined,
  labels: { alertname: "NodeDown", node: "<n1>" },
  annotations: {},
};
const group = { slo_service: "gateway", slo: "availability", model: 'a "b"' };
const silence =
  "http://am/#/silences/new?filter=%7Bmodel%3D%22a%20%5C%22b%5C%22%22%2Cslo%3D%22availability%22%2Cslo_service%3D%22gateway%22%7D";

describeWithEngine("amtool", "a notification", () => {
  test("its title is one line: how urgent, what, which group, how it stands, and how many more there are", async () => {
    const line = "gateway/availability a b: 2.4% bad, 18h left";
    expect(await text("firebreak.title", [page])).toBe(`page ${line}`);
    expect(await text("firebreak.title", [page, page, page])).toBe(`page ${line} (+2)`);
  });

  test("its title is at the end how long it lasted, and its text also from when to when and what is left", async () => {
    const over = { ...page, status: "resolved", endsAt: "2026-01-01T11:26:30Z" };
    expect(await text("firebreak.title", [over], "resolved")).toBe("resolved gateway/availability a b after 1h26m");
    expect(await text("firebreak.text", [over], "resolved")).toContain(
      "Lasted 1h26m, 2026-01-01 10:00 to 11:26 UTC.\n",
    );
    const description = "2% of events were bad. Error budget: overspent by 7%, and more.";
    const left = { ...over, endsAt: "2026-01-02T10:00:00Z", annotations: { ...page.annotations, description } };
    expect(await text("firebreak.text", [left], "resolved")).toContain(
      "Lasted 24h, 2026-01-01 10:00 to 2026-01-02 10:00 UTC. Error budget: overspent by 7%.\n",
    );
  });

  test("its title names an alert that is not a burn, when it has ended, and keeps a foreign summary whole", async () => {
    const over = { ...page, status: "resolved", endsAt: "2026-01-01T11:26:30Z" };
    const broken = { ...over, labels: { ...page.labels, alertname: "SloBroken" } };
    expect(await text("firebreak.title", [broken], "resolved")).toBe(
      "resolved gateway/availability a b SloBroken after 1h26m",
    );
    const theirs = { ...over, labels: { alertname: "PodCrash" }, annotations: { summary: "pod a: restarts" } };
    expect(await text("firebreak.title", [theirs], "resolved")).toBe("resolved pod a: restarts after 1h26m");
  });

  test("its links are those of an alert that still fires", async () => {
    const dashboard_url = "https://grafana.example.com/d/over";
    const over = { ...page, status: "resolved", annotations: { ...page.annotations, dashboard_url } };
    for (const name of ["firebreak.slack.text", "firebreak.text", "firebreak.markdown", "firebreak.link"])
      expect(await text(name, [over, page]), name).not.toContain(dashboard_url);
    expect(await text("firebreak.link", [over], "resolved")).toBe(dashboard_url);
  });

  test("its text says what happened, since when, and where to go", async () => {
    expect(await text("firebreak.text", [page])).toBe(`gateway/availability a b: 2.4% bad, 18h left
2% of events were bad, <!channel> & all.
Since 2026-01-01 10:00 UTC.

Runbook: https://runbooks.example.com/gateway
Dashboard: https://grafana.example.com/d/gateway?a=1&b=2
Query: http://prom/graph?g0.expr=a%26b
Silence: ${silence}
`);
  });

  test("in Slack nothing that was measured is a command, and a single alert's summary stands in the title only", async () => {
    expect(await text("firebreak.slack.text", [page])).toBe(`2% of events were bad, &lt;!channel&gt; &amp; all.
Since 2026-01-01 10:00 UTC.
<https://runbooks.example.com/gateway|Runbook> <https://grafana.example.com/d/gateway?a=1&amp;b=2|Dashboard> <http://prom/graph?g0.expr=a%26b|Query> <${silence}|Silence>`);
  });

  test("in Teams and Discord a label's value is no link and no emphasis, and our links stay", async () => {
    const value = "gpt](https://evil.example/a) **bold** `x` [Runbook](https://evil.example)";
    const said = { ...page.annotations, summary: `model "${value}" fails`, description: `${value} was bad` };
    const stranger = { ...page, annotations: said };
    const escaped = "gpt\\](https://evil.example/a) \\*\\*bold\\*\\* \\`x\\` \\[Runbook\\](https://evil.example)";
    expect(await text("firebreak.markdown.title", [stranger])).toBe(`page model "${escaped}" fails`);
    const lines = (await text("firebreak.markdown", [stranger])).split("\n");
    expect(lines).toContain(`${escaped} was bad`);
    expect(lines.at(-1)).toMatch(/^\[Runbook\]\(https:\/\/runbooks\.example\.com\/gateway\) \[Dashboard\]\(/);
    expect(await text("firebreak.markdown", [stranger, stranger])).toContain(`- model "${escaped}" fails`);
  });

  test("an e-mail is HTML in which values are escaped for their place", async () => {
    const html = await text("firebreak.email", [page, foreign], "firing", "html");
    expect(await text("firebreak.email", [page], "firing", "html")).toContain(
      "2% of events were bad, &lt;!channel&gt; &amp; all.",
    );
    expect(html).toContain('<a href="https://grafana.example.com/d/gateway?a=1&amp;b=2">');
    expect(html.toLowerCase()).toContain(`href="${silence.toLowerCase()}"`);
    expect(html).toContain("NodeDown node=&lt;n1&gt;");
  });

  test("of dead targets names the service and the job once, and the reasons that fire and that are over", async () => {
    expect(await downText("firebreak.title")).toBe("page gateway: no target of job <web> is up");
    expect(await downText("firebreak.slack.title")).toBe("page gateway: no target of job &lt;web&gt; is up");
    const slack = (await downText("firebreak.slack.text")).split("\n");
    expect(slack.slice(0, 2)).toEqual([
      "• gateway: no target of job &lt;web&gt; is up. 2% of events were bad, &lt;!channel&gt; &amp; all.",
      "• Resolved: gateway SloTargetsDown after 26m",
    ]);
    expect(await downText("firebreak.text.resolved")).toBe("- Resolved: gateway SloTargetsDown after 26m\n");
    expect(await downText("firebreak.email", "html")).toContain("no target of job &lt;web&gt; is up");
  });

  test("links in an e-mail to the same silence as everywhere: of dead targets, and of a ticket about one group", async () => {
    const down =
      "%7Balertname%3D%22SloTargetsDown%22%2Ccluster%3D%22eu%22%2Cjob%3D%22%3Cweb%3E%22%2Cslo_service%3D%22gateway%22%7D";
    expect(await downText("firebreak.silence")).toBe(`http://am/#/silences/new?filter=${down}`);
    expect((await downText("firebreak.email", "html")).toUpperCase()).toContain(down.toUpperCase());
    const labels = {
      ...group,
      severity: "ticket",
      owner: "ml",
      tier: "ticket-fast",
      threshold: "80",
      long: "1d",
      short: "2h",
    };
    const of = { ...EMPTY, alerts: [page], groupLabels: { slo: "availability" }, commonLabels: labels };
    const filter = silence.slice(silence.indexOf("%7B")).replace("%2Cslo%3D", "%2Cseverity%3D%22ticket%22%2Cslo%3D");
    expect(await amtoolRender('{{ template "firebreak.silence" . }}', of)).toContain(filter);
    expect((await amtoolRender('{{ template "firebreak.email" . }}', of, "html")).toUpperCase()).toContain(
      filter.toUpperCase(),
    );
  });

  test("of an unknown team's ticket, grouped by name at the root, links to a silence of its SLO alone", async () => {
    const commonLabels = { ...group, alertname: "SloBurnTicketSlow", severity: "ticket", owner: "new-team" };
    const of = { ...EMPTY, alerts: [page], groupLabels: { alertname: "SloBurnTicketSlow" }, commonLabels };
    const link = await amtoolRender('{{ template "firebreak.silence" . }}', of);
    expect(decodeURIComponent(link)).toContain('slo="availability",slo_service="gateway"');
    const others = { ...of, commonLabels: { alertname: "SloBurnTicketSlow", severity: "ticket" } };
    expect(decodeURIComponent(await amtoolRender('{{ template "firebreak.silence" . }}', others))).toContain(
      'filter={alertname="SloBurnTicketSlow"}',
    );
  });

  test("a foreign alert without annotations has every text too", async () => {
    for (const [, name = ""] of notificationTemplate.matchAll(
      /define "(firebreak\.(?:title|text|slack\.title|slack\.text|markdown|email))"/g,
    )) {
      const shown = await text(name, [foreign], "firing", name === "firebreak.email" ? "html" : "text");
      expect(shown, name).not.toMatch(/no value|Runbook|Error budget|ZgotmplZ/);
    }
  });
});

describeWithEngine("amtool", "PagerDuty's class", () => {
  test.each([
    ["an SLO", { slo_service: "gateway", slo: "availability" }, "availability"],
    ["a budget", { slo_service: "gateway", budget: "daily" }, "daily"],
    ["an experiment", { slo_service: "gateway", experiment: "prompt" }, "prompt"],
  ])("names %s", async (_what, commonLabels, name) => {
    const platform = { receivers: { default: { page: { pagerduty: { secret: "pager" } } } } };
    const config = rendered(planFixture([{ id: "gateway/availability" }], platform))["alertmanager.yaml"] ?? "";
    const template = /class: "(.*)"/.exec(config)?.[1] ?? "";
    expect(await amtoolRender(template, { ...EMPTY, commonLabels })).toBe(name);
  });
});

describeWithEngine("alertmanager", "a real Alertmanager", () => {
  test("delivers one notification to every integration, with its texts filled in", async () => {
    const inbox = await startInbox();
    const folder = writtenOut(planFixture([{ id: "gateway/availability" }]));
    writeFileSync(join(folder, "hook"), `${inbox.url}/hook`);
    const server = await startAlertmanager({ dir: folder, config: impatientConfig(everywhere(folder), inbox.url) });
    onTestFinished(() => server.stop());
    await send(server.url, { ...page.labels, owner: "ml-platform", severity: "page" });
    const expected = 6;
    await expect.poll(() => inbox.bodies.length, { timeout: PATIENCE_MS, interval: 100 }).toBe(expected);
    for (const body of inbox.bodies) expect(body).toContain("gateway/availability a b: 2.4% bad");
    for (const body of inbox.bodies) expect(body).toContain("runbooks.example.com");
  });
});

async function text(template: string, alerts: readonly object[], status = "firing", type = "text"): Promise<string> {
  const data = { ...EMPTY, status, alerts, groupLabels: group, commonLabels: group };
  return amtoolRender(`{{ template "${template}" . }}`, data, type);
}

/** All targets of a job are down; that some of them are is over. */
async function downText(template: string, type = "text"): Promise<string> {
  const groupLabels = { alertname: "SloTargetsDown", slo_service: "gateway", cluster: "eu", job: "<web>" };
  const common = { ...groupLabels, tier: "targets-down" };
  const summary = "gateway: no target of job <web> is up";
  const because = (reason: string, status: string) => ({
    ...page,
    status,
    endsAt: "2026-01-01T10:26:00Z",
    labels: { ...common, owner: "ml", severity: "page", reason },
    annotations: { ...page.annotations, summary },
  });
  const alerts = [because("all-down", "firing"), because("some-down", "resolved")];
  return amtoolRender(`{{ template "${template}" . }}`, { ...EMPTY, alerts, groupLabels, commonLabels: common }, type);
}

const EMPTY = {
  receiver: "r",
  status: "firing",
  externalURL: "http://am",
  alerts: [],
  groupLabels: {},
  commonAnnotations: {},
};

function everywhere(secretsDirectory: string): Plan {
  const hook = { secret: "hook" };
  const all = { pagerduty: hook, opsgenie: hook, slack: hook, msteams: hook, discord: hook, webhook: hook };
  return planFixture([{ id: "gateway/availability" }], { secretsDirectory, receivers: { default: { page: all } } });
}

/** The emitted configuration, with a second to wait and with the public services at home. */
function impatientConfig(plan: Plan, url: string): string {
  const config = parse(rendered(plan)["alertmanager.yaml"] ?? "") as AlertmanagerConfig;
  const routes = config.route.routes?.map((route) => ({ ...route, group_wait: "1s" }));
  return stringify({
    ...config,
    global: { pagerduty_url: url, opsgenie_api_url: url },
    route: { ...config.route, routes },
  });
}

async function send(url: string, labels: Readonly<Record<string, string>>): Promise<void> {
  const body = JSON.stringify([{ labels, annotations: page.annotations }]);
  await fetch(`${url}/api/v2/alerts`, { method: "POST", headers: { "content-type": "application/json" }, body });
}

async function startInbox(): Promise<{ readonly url: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    bodies.push(body);
    response.writeHead(200, { "content-type": "text/plain" }).end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}
