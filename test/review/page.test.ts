/** The page of a change says what changes, needs nothing else, and lets nothing that is declared out of its place. */
import { expect, test } from "vitest";
import { diff } from "../../src/diff/diff.ts";
import { type PlatformDeclaration, type SloDeclaration, spend, usd } from "../../src/index.ts";
import { reviewPage } from "../../src/review/page.ts";
import { availability, planOf, platform, shop, slow } from "../diff/planned.ts";

function pageOf(changed: Partial<SloDeclaration>, environment: PlatformDeclaration = platform): string {
  const before = planOf(shop);
  const after = planOf({ ...shop, slos: [{ ...availability, ...changed }, slow] }, environment);
  return reviewPage({ before, after, diff: diff(before, after), base: "main..." });
}

test("the sentence of the comment is its heading", () => {
  expect(pageOf({ objective: 99.5 })).toMatch(/<h1>.*<code>shop\/availability<\/code> is loosened from 99.9% to 99.5%/);
});

test("a page that comes later is reported in numbers", () => {
  const page = pageOf({ objective: 99.5 });
  // 14.4× of 0.1 % is 1.44 %, of 0.5 % it is 7.2 %: at 1 % bad the looser one never pages.
  expect(page).toMatch(/<th scope="row">1%<\/th><td>3h\d+m<\/td><td>no page<\/td>/);
});

test("a changed rule stands beside what it was", () => {
  const page = pageOf({ objective: 99.5 });
  expect(page).toContain("&gt; 14.4 * 0.001");
  expect(page).toContain("&gt; 14.4 * 0.005");
});

test("templates of annotations are not shown", () => {
  const page = pageOf({ objective: 99.5 });
  expect(page).toContain("SloBurnPageFast");
  expect(page).not.toContain("{{");
});

test("another way to be notified is outlined in the tree", () => {
  const receivers = { ...platform.receivers, web: { page: { pagerduty: { secret: "web" } } } };
  expect(pageOf({}, { ...platform, receivers })).toContain('<span class="new">');
});

test("what nobody decides by is folded where something is new", () => {
  const before = planOf(shop);
  const budgets = [spend({ name: "daily", metric: "cost_dollars_total", per: "day", limit: usd(500) })];
  const after = planOf({ ...shop, budgets });
  const page = reviewPage({ before, after, diff: diff(before, after), base: "main" });
  const [, folded = ""] =
    /<details><summary>Budget shop\/daily \(added\): \d+ details<\/summary>(.*?)<\/details>/s.exec(page) ?? [];
  expect(folded).toContain(">alert ");
  expect(folded).not.toContain(">limit<");
  expect(page.replace(folded, "")).toContain(">limit<");
});

test("it loads nothing and runs nothing", () => {
  const page = pageOf({ objective: 99.5 });
  expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|\ssrc=|\son\w+=/);
  expect(page).toContain("default-src 'none'");
});

test("what is declared stays text", () => {
  const page = pageOf({ description: "<script>alert(1)</script>", labels: { team: '"><img src=x>' } });
  expect(page).toContain("&lt;img");
  expect(page).not.toMatch(/<script|<img/);
});

test("charts say in words what they show, and tables have headings", () => {
  const page = pageOf({ objective: 99.5 });
  const charts = page.match(/<svg [^>]*>/g) ?? [];
  expect(charts.length).toBe(2);
  expect(charts.every((svg) => /role="img" aria-label="[^"]+"/.test(svg))).toBe(true);
  expect(page).toContain('<html lang="en">');
  expect(page.match(/<table>/g)?.length).toBe(page.match(/<caption>/g)?.length);
});

test("nothing changed is said", () => {
  expect(pageOf({})).toContain("<h1>Nothing changes.</h1>");
});
