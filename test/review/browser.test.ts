/** The page of a change in a real Chromium: on a phone and on a desk, by day and by night. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { diff } from "../../src/diff/diff.ts";
import type { ServiceDeclaration } from "../../src/index.ts";
import { reviewPage } from "../../src/review/page.ts";
import { availability, planOf, platform, shop, slow } from "../diff/planned.ts";
import { look, type Seen, startBrowser } from "../support/browser.ts";
import { describeBeyondNpm } from "../support/engines.ts";

/** A change of everything that the page shows: promises, curves, routes, rules, and a long name. */
function page(): string {
  const receivers = { ...platform.receivers, web: { page: { pagerduty: { secret: "web" } } } };
  const renamed = { ...slow, name: "latency-of-the-checkout-as-seen-by-those-who-wait-for-it", formerly: [slow.name] };
  const changed: ServiceDeclaration = { ...shop, slos: [{ ...availability, objective: 99.5 }, renamed] };
  const [before, after] = [planOf(shop), planOf(changed, { ...platform, receivers })];
  return reviewPage({ before, after, diff: diff(before, after), base: "main..." });
}

const PHONE = 390;
const DESK = 1440;

describeBeyondNpm("Chromium", "the page in a browser", () => {
  let browser: Browser | undefined;

  // It comes with the system and not with npm run engines: where there is none these are skipped, and counted.
  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser?.close());

  beforeEach((context) => {
    if (browser === undefined) context.skip("Chromium is not on PATH");
  });

  const seen = (width: number, colorScheme: "light" | "dark"): Promise<Seen> =>
    look(browser as Browser, page(), { width, colorScheme });

  test.each([
    [PHONE, "light"],
    [PHONE, "dark"],
    [DESK, "light"],
    [DESK, "dark"],
  ] as const)(
    "at %i pixels, %s: it fits, everybody can read it, it complains of nothing and asks for nothing",
    async (width, scheme) => {
      const { overflow, complaints, requests, violations, text, contrast } = await seen(width, scheme);
      const nothing = { overflow: 0, complaints: [], requests: [], violations: [] };
      expect({ overflow, complaints, requests, violations }).toEqual(nothing);
      expect(text).toContain("shop/availability is loosened from 99.9% to 99.5%");
      // What WCAG 2.2 asks of text for everybody (level AAA).
      expect(contrast).toBeGreaterThan(7);
    },
  );

  test("it follows the reader's choice of light or dark", async () => {
    const [light, dark] = [await seen(DESK, "light"), await seen(DESK, "dark")];
    expect(light.background).not.toBe(dark.background);
  });

  test("a page that is too wide, asks for something, complains and has no text for an image is seen", async () => {
    const bad = '<body><div style="width:2000px">x</div><img src="http://127.0.0.1:1/x.png"></body>';
    const { overflow, requests, complaints, violations } = await look(browser as Browser, bad, {
      width: PHONE,
      colorScheme: "light",
    });
    expect(overflow).toBeGreaterThan(1000);
    expect(requests).toEqual(["http://127.0.0.1:1/x.png"]);
    expect(complaints.length).toBeGreaterThan(0);
    expect(violations).toContain("image-alt: img");
  });
});
