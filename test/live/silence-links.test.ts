/**
 * The link to a silence in each notification, on a real Alertmanager: what its filter mutes is what the notification
 * reported, and never another group, another SLO, a budget, or a page beside a ticket. Alertmanager itself says which alerts it mutes.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDeclaration } from "../../src/declare/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { describeLabels, type MessageWorld, startMessages } from "../support/live-messages.ts";
import type { Labels } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";

describeWithEngine("alertmanager", "the link to a silence", () => {
  let world: MessageWorld;

  beforeAll(async () => {
    world = await startMessages([shop, cart, bank], 30);
    await world.send(everything(world));
    await waitFor("a message of each kind", () => cases.every(([title]) => linkIn(title) !== undefined));
  });
  afterAll(() => world?.stop());

  test.each(cases)("of %s mutes what was reported", async (title, muted) => {
    const link = linkIn(title) ?? "";
    expect(await mutedBy(world, matchersOf(link)), link).toEqual(muted);
  });

  test("names an SLO, a budget, an experiment or one alert in every message", () => {
    expect(world.messages().length).toBeGreaterThanOrEqual(cases.length);
    for (const { title, text } of world.messages()) {
      const names = matchersOf(silenceLink(text) ?? "").map(({ name }) => name);
      expect(names, title).toContain("slo_service");
      expect(
        names.filter((name) => ["slo", "budget", "experiment", "alertname"].includes(name)),
        title,
      ).toHaveLength(1);
    }
  });

  function linkIn(title: string): string | undefined {
    // The title of an alert over everything is the beginning of those of its groups.
    const [message] = world
      .messages()
      .filter((each) => each.title.includes(title))
      .sort((one, other) => one.title.length - other.title.length);
    return silenceLink(message?.text ?? "");
  }
});

const cases: readonly (readonly [title: string, muted: readonly string[]])[] = [
  // All pages of that error budget, which is one outage.
  ["SloBurnPageFast shop/availability eu a", ["SloBurnPageFast shop/availability eu a"]],
  ["SloBurnPageFast shop/availability eu b", ["SloBurnPageFast shop/availability eu b"]],
  // The same SLO's page, and its ticket of another model, still ring.
  ["SloBroken shop/latency eu a", ["SloBroken shop/latency eu a", "SloBurnTicketFast shop/latency eu a"]],
  // One ticket lists both models and mutes both, and not the page of a third one.
  ["SloBurnTicketFast shop/queue", ["SloBurnTicketFast shop/queue eu a", "SloBurnTicketFast shop/queue eu b"]],
  // Of the limit over everything, and not those of single models.
  ["BudgetSpent100 shop/daily eu", ["BudgetSpent100 shop/daily eu"]],
  // No data of the whole SLO, and not the page of one model of it.
  ["SloNoDataPage bank/probe eu", ["SloNoDataPage bank/probe eu"]],
  ["BudgetSpent100 shop/daily eu a", ["BudgetSpent100 shop/daily eu a"]],
  ["ExperimentWorse shop/prompt eu B errors", ["ExperimentWorse shop/prompt eu B errors"]],
  ["ExperimentWorse shop/search eu B errors", ["ExperimentWorse shop/search eu B errors"]],
  // Of a team that the configuration does not know, whose alerts of two services have one name.
  ["SloBurnTicketSlow cart/availability eu c", ["SloBurnTicketSlow cart/availability eu c"]],
  // All reasons of one job, and neither another job nor another cluster.
  ["SloTargetsDown shop eu web", ["SloTargetsDown shop eu web", "SloTargetsDown shop eu web"]],
  ["SloTargetsDown shop eu worker", ["SloTargetsDown shop eu worker"]],
];

/** Two of everything that must be told apart. */
function everything({ alert }: MessageWorld): Labels[] {
  const [a, b] = [
    { cluster: "eu", model: "a" },
    { cluster: "eu", model: "b" },
  ];
  const web = { cluster: "eu", job: "web" };
  const variant = (value: string, sli: string) => ({ cluster: "eu", variant: value, sli });
  return [
    ...[a, b].map((group) => alert("shop/availability", "SloBurnPageFast", group)),
    alert("shop/latency", "SloBurnTicketFast", a),
    alert("shop/latency", "SloBroken", { ...a, reason: "never-any-data" }),
    alert("shop/latency", "SloBurnPageFast", b),
    ...[a, b].map((group) => alert("shop/queue", "SloBurnTicketFast", group)),
    alert("shop/queue", "SloBurnPageFast", { cluster: "eu", model: "c" }),
    alert("bank/probe", "SloNoDataPage", { cluster: "eu" }),
    alert("bank/probe", "SloBurnPageFast", a),
    ...[{ cluster: "eu" }, a, b].map((group) => alert("shop/daily", "BudgetSpent100", group)),
    ...["B", "C"].map((value) => alert("shop/prompt", "ExperimentWorse", variant(value, "errors"))),
    alert("shop/prompt", "ExperimentWorse", variant("B", "refusals")),
    alert("shop/search", "ExperimentWorse", variant("B", "errors")),
    ...["some-down", "all-down"].map((reason) => alert("shop", "SloTargetsDown", { ...web, reason })),
    alert("shop", "SloTargetsDown", { ...web, job: "worker" }),
    alert("shop", "SloTargetsDown", { ...web, cluster: "us" }),
    alert("cart", "SloTargetsDown", web),
    alert("cart/availability", "SloBurnPageFast", a),
    ...["shop/availability", "cart/availability"].map((id) =>
      alert(id, "SloBurnTicketSlow", { cluster: "eu", model: "c", owner: "new-team" }),
    ),
  ];
}

interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: false;
  readonly isEqual: true;
}

function silenceLink(text: string): string | undefined {
  return /<([^|>]*\/#\/silences\/new\?[^|>]*)\|Silence>/.exec(text)?.[1];
}

/** The filter of a link, as the form that it opens takes it over. */
function matchersOf(link: string): Matcher[] {
  const filter = decodeURIComponent(link.slice(link.indexOf("?filter=") + "?filter=".length));
  expect(filter).toMatch(/^\{(\w+="(?:[^"\\]|\\.)*",?)+\}$/);
  return [...filter.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name = "", value = ""]) => ({
    name,
    value: JSON.parse(value) as string,
    isRegex: false,
    isEqual: true,
  }));
}

/** Which alerts a silence of these matchers mutes, as Alertmanager answers; the silence is gone afterwards. */
async function mutedBy({ alertmanager: { url } }: MessageWorld, matchers: readonly Matcher[]): Promise<string[]> {
  const [startsAt, endsAt] = [0, 60_000].map((later) => new Date(Date.now() + later).toISOString());
  const body = JSON.stringify({ matchers, startsAt, endsAt, createdBy: "test", comment: "test" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v2/silences`, { method: "POST", headers, body });
  const { silenceID } = (await answer.json()) as { readonly silenceID: string };
  const silenced = () => alertsOf(url, silenceID);
  const muted = await waitFor("the silence mutes something", async () => {
    const names = await silenced();
    return names.length > 0 && names;
  });
  await fetch(`${url}/api/v2/silence/${silenceID}`, { method: "DELETE" });
  return muted;
}

async function alertsOf(url: string, silence: string): Promise<string[]> {
  type Alert = { readonly labels: Labels; readonly status: { readonly silencedBy: readonly string[] } };
  const alerts = (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly Alert[];
  return alerts
    .filter(({ status }) => status.silencedBy.includes(silence))
    .map(({ labels }) => describeLabels(labels))
    .sort();
}

const counted = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const slo = { objective: 99.9, window: "30d", groupBy: ["model"], sli: counted } as const;
const experiment = {
  label: "variant",
  baseline: "A",
  slis: [
    { name: "errors", sli: counted },
    { name: "refusals", sli: { ...counted, bad: "refusals_total" } },
  ],
} as const;

const shop: ServiceDeclaration = {
  name: "shop",
  owner: "web",
  runbooks: "https://runbooks.example.com",
  slos: [
    { ...slo, name: "availability" },
    { ...slo, name: "latency" },
    { ...slo, name: "queue" },
  ],
  budgets: [
    {
      kind: "spend",
      name: "daily",
      metric: "cost_dollars_total",
      per: "day",
      by: ["model"],
      limit: { amount: 500, unit: "dollars" },
      limitEach: { amount: 100, unit: "dollars" },
    },
  ],
  experiments: [
    { ...experiment, name: "prompt" },
    { ...experiment, name: "search" },
  ],
};

const cart: ServiceDeclaration = {
  ...shop,
  name: "cart",
  slos: [{ ...slo, name: "availability" }],
  budgets: [],
  experiments: [],
};

const bank: ServiceDeclaration = {
  ...cart,
  name: "bank",
  slos: [{ ...slo, name: "probe", absence: "page" }],
};
