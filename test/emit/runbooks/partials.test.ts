/** Partials: shown on the pages that they are about, before all else, and with links that lead somewhere. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import { service, slo } from "../grafana/declarations.ts";

const LATENCY = { kind: "latency", histogram: "latency_seconds", threshold: "1s" };
const budget = {
  kind: "spend",
  name: "daily",
  metric: "cost_total",
  per: "day",
  limit: { amount: 5, unit: "dollars" },
};
const shop = service("shop", [slo("search"), slo("fast", { sli: LATENCY })], { budgets: [budget] });
const platform = {
  retention: "90d",
  receivers: { default: { page: { pagerduty: { secret: "pager" } }, ticket: { slack: { secret: "slack" } } } },
};

type Texts = Readonly<Record<string, string>>;

function built(partials: Texts, services: readonly object[] = [shop]) {
  const named = Object.fromEntries(Object.entries(partials).map(([name, text]) => [`partials/${name}`, text]));
  const templates = { ...readTemplates(), ...named };
  const { artifacts, issues } = build({ services, platform, templates, targets: ["runbooks"] });
  return { pages: Object.fromEntries(artifacts.map(({ path, value }) => [path, String(value)])), issues };
}

function codesOf(partials: Texts, services?: readonly object[]): string[] {
  const codes = ["broken-link", "partial-unused", "runbook-long", "credential-in-url"];
  return built(partials, services).issues.flatMap(({ code }) => (codes.includes(code) ? [code] : []));
}

describe("a partial", () => {
  const { pages } = built({
    "shop/search": "Of the SLO.",
    shop: "Of the service.\r\n",
    "_kinds/latency": "Of latencies.",
    "_kinds/spend": "Of money.",
  });

  test("is on the pages that it is about, the most specific first, before everything that helps", () => {
    expect(pages["runbooks/shop/search.md"]).toMatch(/\nOf the SLO\.\n\nOf the service\.\n\n- \*\*Mitigate/);
    expect(pages["runbooks/shop/fast.md"]).toMatch(/\nOf the service\.\n\nOf latencies\.\n\n- \*\*Mitigate/);
    expect(pages["runbooks/shop/daily.md"]).toMatch(/\nOf the service\.\n\nOf money\.\n\n- \*\*Stop it/);
    expect(pages["runbooks/shop/search.md"]).not.toContain("Of latencies.");
  });

  test("is Markdown as it stands, whatever it holds of Handlebars", () => {
    const { pages: own } = built({ shop: "{{owner}} [wiki](https://wiki.example.com/a_b)" });
    expect(own["runbooks/shop/search.md"]).toContain("\n{{owner}} [wiki](https://wiki.example.com/a_b)\n");
  });
});

describe("issues", () => {
  test.each<[what: string, partial: string, codes: string[]]>([
    ["a page and its alert", "[fast](fast.md#sloburnpagefast)", []],
    ["a section of the page itself", "[m](#meaning) and `[no](link.md)`", []],
    ["a heading of the partial", "## Fail over, now\n\n[f](#fail-over-now)", []],
    ["an address, which nobody knows", "[wiki](https://wiki.example.com/#x) [root](/x)", []],
    ["a page that is not written", "[slow](slow.md)", ["broken-link"]],
    ["a heading that is not there", "[f](fast.md#sloburnpage)", ["broken-link"]],
    ["a definition", "[f][x]\n\n[x]: ../shop/nowhere.md", ["broken-link"]],
  ])("a link to %s", (_what, partial, codes) => {
    expect(codesOf({ "shop/search": partial })).toEqual(codes);
  });

  test("a partial of nothing that is declared", () => {
    expect(codesOf({ "shop/serach": "x", "_kinds/probe": "x", shops: "x" })).toEqual(Array(3).fill("partial-unused"));
  });

  test("a partial that is longer than the screen has room for", () => {
    expect(codesOf({ "shop/search": "one\n\n".repeat(15) })).toEqual(["runbook-long"]);
  });

  test("a partial that gives a credential away stops the build", () => {
    const { pages, issues } = built({ shop: "curl https://u:SECRETXXXX@wiki.example.com" });
    expect(issues.map(({ code }) => code)).toContain("credential-in-url");
    expect(pages).toEqual({});
  });

  const BASE = "https://runbooks.example.com/shop";

  test.each<[runbook: string, codes: string[]]>([
    [`${BASE}/fast`, []],
    [`${BASE}/fast#slonodata`, []],
    [`${BASE}/fast#slo-no-data`, ["broken-link"]],
    [`${BASE}/serach`, ["broken-link"]],
    ["https://wiki.example.com/serach", []],
  ])("the address %s of a runbook", (runbook, codes) => {
    const other = service("shop", [slo("search", { runbook }), slo("fast", { sli: LATENCY })]);
    expect(codesOf({}, [other])).toEqual(codes);
  });
});
