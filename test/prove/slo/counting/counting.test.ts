/** What the generated tests say of counting and of a page that counts: they pass for odd targets, shares and groups, too. */
import { expect, test } from "vitest";
import { describeWithEngine } from "../../../support/engines.ts";
import { play } from "../play.ts";

describeWithEngine("promtool", "what is counted", () => {
  test.each([
    ["errors alone have a job", "requests_total", 'errors_total{job="api"}'],
    ["the total alone has a job", 'requests_total{job="api"}', "errors_total"],
    ["both share a part of their jobs", 'requests_total{job=~"api|web"}', 'errors_total{job=~"web|jobs"}'],
  ])("is counted beside another metric where %s", async (_, total, bad) => {
    const sli = { kind: "events", total, bad } as const;
    expect(await play({ sli, window: "1d" }, { only: "restarts and missed" })).toMatchObject({ status: 0 });
  });
});

describeWithEngine("promtool", "a page", () => {
  test("is due as soon as shares of slices add up to its threshold, where one bad event suffices", async () => {
    const sli = { kind: "ratio", bad: "drop_ratio" } as const;
    expect(await play({ sli, minBad: 1, objective: 99.9 }, { only: "page-fast" })).toMatchObject({ status: 0 });
  });

  test("of what lacks the label has a test of its own", async () => {
    const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
    const slo = { sli, groupBy: ["model"], objectives: { "": 98 } };
    expect(await play(slo, { only: "page-fast of no model" })).toMatchObject({ status: 0 });
  });
});
