/** The comment of a pull request. */
import { describe, expect, test } from "vitest";
import type { Change, Diff } from "../../../src/diff/diff.ts";
import { diff } from "../../../src/diff/diff.ts";
import { headline } from "../../../src/diff/markdown/headline.ts";
import { MOST_CHARACTERS, printMarkdown } from "../../../src/diff/markdown/markdown.ts";
import { spend, usd } from "../../../src/index.ts";
import { availability, planOf, platform, shop, shopBecomes, sloBecomes, slow } from "../planned.ts";

/** A change of each sort in one pull request: an objective, a name, a receiver, a budget. */
const four = shopBecomes(
  {
    slos: [
      { ...availability, objective: 99.95 },
      { ...slow, name: "latency-p99" },
    ],
    budgets: [spend({ name: "daily-spend", metric: "cost_dollars_total", per: "day", limit: usd(500) })],
  },
  { ...platform, receivers: { ...platform.receivers, web: { page: { pagerduty: { secret: "pagerduty-web" } } } } },
);

test("an objective raised, an SLO renamed, a receiver changed and a budget added are a comment as reviewed", async () => {
  await expect(printMarkdown(four)).toMatchFileSnapshot("../../golden/diff/comment.md");
});

test("nothing is said where nothing changed", () => {
  expect(printMarkdown(diff(planOf(shop), planOf(shop)))).toBe("");
});

test("a reason for a lower objective is quoted, and cannot be more than text", () => {
  const why = "`**No** more`\n# than 99.5";
  expect(printMarkdown(sloBecomes({ objective: 99.5, loosened: { from: 99.9, why } }))).toContain(
    "- **loosened** `shop/availability` is loosened from 99.9% to 99.5%: its error budget grows from 43m12s to 3h36m.\n" +
      "  Accepted: `'**No** more' # than 99.5`\n",
  );
});

describe("its first sentence", () => {
  test("names one thing, and counts several", () => {
    expect(headline(sloBecomes({ objective: 99.5 }))).toBe("`shop/availability` is loosened from 99.9% to 99.5%.");
    const both = shopBecomes({
      slos: [
        { ...availability, objective: 99 },
        { ...slow, objective: 98 },
      ],
    });
    expect(headline(both)).toBe("2 objectives are loosened.");
  });

  test("names a service that is removed", () => {
    const text = headline(diff(planOf([shop, { ...shop, name: "till" }]), planOf(shop)));
    expect(text).toBe("Service `till` and 2 SLOs or budgets are removed.");
  });

  test("tells what breaks before what is new", () => {
    const text = headline(four);
    const order = ["Pages of `web`", "is now", "tightened", "`shop/daily-spend` is new"].map((part) =>
      text.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

test("the policy that it fails stands on top", () => {
  expect(printMarkdown(four, ["renamed"]).split("\n")[2]).toContain("renamed");
});

test("one change of everything is reported once", () => {
  const every = printMarkdown(shopBecomes({ labels: { team: "tills" } }));
  expect(every.match(/team tills/g)).toHaveLength(2);
  expect(every).toContain("<code>shop/availability, shop/latency</code>");
});

test("nothing that is declared leaves its cell, or is more than text", () => {
  const hostile = printMarkdown(
    sloBecomes({ description: "a|b\n\n@everyone `x` <img src=x> ![y](http://evil.example)" }),
  );
  const line = hostile.split("\n").find((text) => text.includes("@everyone")) ?? "";
  expect(line).toBe("| description | – | `a\\|b @everyone x <img src=x> ![y](http://evil.example)` |");
});

describe("with very many changes", () => {
  const [change] = four.changes.filter(({ type }) => type === "slo") as [Change];
  const [route] = four.breaks.filter(({ kind }) => kind === "rerouted");
  const many: Diff = {
    changes: Array.from({ length: 1000 }, (_none, index) => ({
      ...change,
      id: `shop/slo-${index}`,
      facts: change.facts.map((fact) => ({ ...fact, label: `${fact.label} ${index}` })),
    })),
    breaks: [
      ...Array.from({ length: 900 }, (_none, index) => ({
        ...({ kind: "renamed", type: "slo", id: `shop/slo-${index}` } as const),
        message: `\`shop/slo-${index}\` is now \`shop/slo-number-${index}\` and begins anew.`,
        remedy: "Keep the name.",
      })),
      ...(route ? [route] : []),
    ],
  };

  test("it stays within the limit, and says what it left out", () => {
    const text = printMarkdown(many);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.length).toBeGreaterThan(MOST_CHARACTERS / 2);
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^Left out, .* \d+ of the details/);
  });

  test("who is notified is never left out, and neither is the sentence", () => {
    const text = printMarkdown(many, [], 6000);
    expect(text.length).toBeLessThanOrEqual(6000);
    expect(text).toContain(route?.message);
    expect(text).toContain(headline(many));
  });

  test("advice that is the same stands there once", () => {
    expect(printMarkdown(many).match(/Keep the name\./g)).toHaveLength(1);
  });
});
