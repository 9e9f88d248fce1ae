/** Declarations that engines take or would refuse, by what is odd in them. What is not said is in order: see `accepted.test.ts`. */

/** What differs from a sound declaration. */
export interface Declared {
  readonly service?: object;
  readonly slo?: object;
  readonly budget?: object;
  readonly experiment?: object;
  readonly platform?: object;
}

/** What is declared, and the one error that it brings; none where engines take it. */
export type Row = [title: string, declared: Declared, code?: string, path?: string];

const half = "\ud800";
const sign = "\ufffd";

export const rows: readonly Row[] = [
  ...["http://h/%zz", "http://h#%", "http://h/%"].map((url) => webhook(url, true)),
  ...["http:///x", "https:///hooks/x", "http://h\\x", "http://ex`ample/", "http://%41/"].map((url) =>
    webhook(url, true),
  ),
  ...["http://h:80:80/", "http://[::1", "http://a b/", "ftp://h/", "//h/", "http://h/\u007f"].map((url) =>
    webhook(url, true),
  ),
  ...["http://[::1]:9093/x", "https://a-b_c.example.com:8443/p%20q?x=%zz&y={{z}}#f", "http://ü.example.com"].map(
    (url) => webhook(url, false),
  ),
  ...["Europe/berlin", "europe/Berlin", "Local", "Factory", "UTC+1", ""].map((location) => zone(location, true)),
  ...["Europe/Berlin", "Asia/Kolkata", "US/Pacific", "UTC", "America/Argentina/Buenos_Aires"].map((location) =>
    zone(location, false),
  ),
  ...["h:0", "h:65536", "h:99999", "-:1", ":25", "h", "::1:25", "[::1]", "[1.2.3.4]:25", "a b:25"].map((smarthost) =>
    email({ smarthost }, "smarthost"),
  ),
  ...["h:1", "smtp.example.com:65535", "[::1]:25", "127.0.0.1:25"].map((smarthost) => email({ smarthost })),
  ...["@", "a@", "@b", "a@b\nBcc: x@y", "a b@c", "a@b@c", "a@b,", "a..b@c"].map((to) => email({ to }, "to")),
  ...["a@b", "a@b, On call <c@d.example.com>", '"A, B" <a.b+c@d-e.example.com>'].map((to) => email({ to })),
  email({ from: "a@b, c@d" }, "from"),
  ["a limit with a sign for lost text", { budget: { by: ["model"], limits: { [`x${sign}`]: usd(1) } } }],
  ["an objective with a sign for lost text", { slo: { groupBy: ["model"], objectives: { [`x${sign}`]: 95 } } }],
  ["a baseline with a sign for lost text", { experiment: { baseline: `A${sign}` } }],
  ["a price with a sign for lost text", { budget: priced(`m${sign}`) }],
  ["an owner with a sign for lost text", { service: { owner: `o${sign}` } }],
  ["a matcher with an escape", { slo: events('a_total{x="\\ufffd"}') }],
  ["an expression with an escape", { slo: events({ promql: 'sum(rate(a_total{x="\\ufffd"}[$window]))' }) }],
  [
    "a matcher that promtool cannot read",
    { slo: events(`a_total{x="${sign}"}`) },
    "bad-selector",
    "s.slos[0].sli.total",
  ],
  ["a metric that promtool cannot read", { slo: events(`{"a${sign}"}`) }, "bad-selector", "s.slos[0].sli.total"],
  [
    "an expression that promtool cannot read",
    { slo: events({ promql: `sum(rate(a_total{x="${sign}"}[$window]))` }) },
    "bad-promql",
    "s.slos[0].sli.total",
  ],
  ...["by (inf)", "by (NaN)", "by (without)"].map(
    (by): Row => [
      `an expression ${by}`,
      { slo: events({ promql: `sum ${by} (rate(a_total[$window]))` }) },
      "bad-promql",
      "s.slos[0].sli.total",
    ],
  ),
  ["half a character in a description", { slo: { description: half } }, "bad-value", "s.slos[0].description"],
  ["half a character in an owner", { service: { owner: `o${half}` } }, "bad-value", "s.owner"],
  [
    "half a character in a name",
    { budget: { by: ["model"], limits: { [half]: usd(1) } } },
    "bad-value",
    `s.budgets[0].limits."\\ud800"`,
  ],
  ["half a character in a word", { platform: { severities: { page: half } } }, "bad-value", "platform.severities.page"],
  ...["inf", "Inf", "nan", "NaN", "without", "Without"].flatMap((label) => labelled(label, true)),
  ...["by", "on", "bool", "offset", "sum", "group_left", "infinity", "start"].flatMap((label) =>
    labelled(label, false),
  ),
  ["labels that are words of PromQL", { slo: { labels: { inf: "a", nan: "b", without: "c" } } }],
  ...[
    [0.5, 0.5],
    [0.5, { at: 0.5, severity: "page" }],
    [0.5, 0.5000001],
    [1 / 3, 0.333],
  ].map(
    (thresholds): Row => [
      `thresholds ${JSON.stringify(thresholds)}`,
      { budget: { thresholds } },
      "duplicate-id",
      "s.budgets[0].thresholds[1]",
    ],
  ),
  ["thresholds that differ by tenths", { budget: { thresholds: [0.333, 0.334, 1 / 3 + 0.01] } }],
  ["two burns of one name", { budget: { burn: [burn("x"), burn("x")] } }, "duplicate-id", "s.budgets[0].burn[1].name"],
  ["two burns", { budget: { burn: [burn("x"), burn("y")] } }],
  ...[
    [0.25, 0.25],
    [1 / 3, 0.333],
  ].map(
    (below): Row => [
      `shares ${JSON.stringify(below)} of an error budget`,
      { slo: { alerting: { budget: { below } } } },
      "duplicate-id",
      "s.slos[0].alerting.budget.below[1]",
    ],
  ),
  ...["broken", "no-data", "targets-down", "suspect", "budget-low-25"].map(
    (name): Row => [
      `a tier called ${name}`,
      { slo: { alerting: { tiers: [{ name, severity: "page", long: "1d", short: "1h", burn: 1 }] } } },
      "tier-invalid",
      "s.slos[0].alerting.tiers[0].name",
    ],
  ),
];

function webhook(url: string, isRefused: boolean): Row {
  const declared = { platform: { receivers: { default: { page: { webhook: { url } } } } } };
  const title = `a webhook at ${JSON.stringify(url)}`;
  return isRefused ? [title, declared, "bad-url", "platform.receivers.default.page.webhook.url"] : [title, declared];
}

/** Business hours there. */
export function hours(location: string): object {
  return { start: "09:00", end: "17:00", location };
}

function zone(location: string, isRefused: boolean): Row {
  const declared = { platform: { businessHours: hours(location) } };
  const title = `the zone ${JSON.stringify(location)}`;
  return isRefused ? [title, declared, "bad-value", "platform.businessHours.location"] : [title, declared];
}

function email(fields: object, wrong?: string): Row {
  const sound = { to: "a@b.example.com", from: "c@d.example.com", smarthost: "smtp.example.com:587" };
  const declared = { platform: { receivers: { default: { page: { email: { ...sound, ...fields } } } } } };
  const title = `mail with ${JSON.stringify(fields)}`;
  return wrong ? [title, declared, "bad-value", `platform.receivers.default.page.email.${wrong}`] : [title, declared];
}

function labelled(label: string, isRefused: boolean): Row[] {
  const places: readonly (readonly [string, Declared])[] = [
    ["s.slos[0].groupBy[0]", { slo: { groupBy: [label] } }],
    ["s.budgets[0].by[0]", { budget: { by: [label], limitEach: usd(1) } }],
    ["platform.identity[0]", { platform: { identity: [label] } }],
    ["s.experiments[0].label", { experiment: { label } }],
    ["s.budgets[0].prices.model", { budget: priced("m", label) }],
  ];
  return places.map(([path, declared]) =>
    isRefused ? [`${label} at ${path}`, declared, "bad-label", path] : [`${label} at ${path}`, declared],
  );
}

function usd(amount: number): object {
  return { amount, unit: "dollars" };
}

function priced(model: string, label = "model"): object {
  const models = { [model]: { input: usd(1) } };
  return { metric: undefined, prices: { tokens: { input: "in_tokens_total" }, model: label, per: "1k", models } };
}

function burn(name: string): object {
  return { name, severity: "ticket", burn: 2, long: "6h", short: "30m" };
}

function events(total: unknown): object {
  return { sli: { kind: "events", total, bad: "b_total" } };
}
