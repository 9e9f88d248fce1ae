/** What the generated tests say of slices of events and of exclusions: they pass, and fail where a rule is wrong. */
import { expect, test } from "vitest";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { play } from "./play.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const sliced: Partial<SloDeclaration> = {
  sli,
  window: "1d",
  objective: 95,
  budgeting: { kind: "timeSlices", slice: "5m", target: 95 },
};
const excluding: Partial<SloDeclaration> = {
  sli,
  window: "1d",
  groupBy: ["model"],
  exclude: [
    { reason: "load test", from: "2027-01-12T20:00:00+01:00", to: "2027-01-12T21:00:00+01:00" },
    { reason: "backups", weekly: { on: ["monday", "thursday"], at: "23:30", for: "60m", offset: "+01:00" } },
  ],
};
const slices = "slices are judged";

describeWithEngine("promtool", "slices of events", () => {
  test.each<readonly [string, Partial<SloDeclaration>]>([
    ["without groups", sliced],
    ["of groups", { ...sliced, groupBy: ["model"] }],
    ["of which idle ones are bad", { ...sliced, noTraffic: "bad" }],
    ["of which idle ones are good, in groups", { ...sliced, groupBy: ["model"], noTraffic: "good" }],
  ])("%s are judged as they happened", async (_, slo) => {
    expect(await play(slo, { only: slices })).toMatchObject({ status: 0 });
  });

  test.each<readonly [string, (rules: string) => string]>([
    ["one that is just good is bad", (rules) => rules.replace("> bool 0.05", ">= bool 0.05")],
    ["one that is just bad is good", (rules) => rules.replace("> bool 0.05", "> bool 0.0515")],
    ["they are as long again", (rules) => rules.replaceAll("[5m] offset 30s", "[10m] offset 30s")],
  ])("are noticed where %s", async (_, spoil) => {
    expect(await play(sliced, { only: slices, spoil })).toMatchObject({ status: 1 });
  });
});

describeWithEngine("promtool", "what is excluded", () => {
  test("counts for nothing, and what is around it does", async () => {
    expect(await play(excluding, { only: "nothing counts" })).toMatchObject({ status: 0 });
  });

  test("leaves a quiet day on which everything else is proven", async () => {
    expect(await play(excluding, { only: "page-fast" })).toMatchObject({ status: 0 });
  });

  test("leaves a quiet day for what shows a time, too", async () => {
    const fresh = { kind: "freshness", timestamp: "last_success_timestamp_seconds", maxAge: "2d" } as const;
    expect(await play({ ...excluding, groupBy: [], sli: fresh }, { only: "page-fast" })).toMatchObject({ status: 0 });
  });

  test.each<readonly [string, (rules: string) => string]>([
    ["begins late", (rules) => rules.replace(">= 1799780410", ">= 1799781010")],
    ["ends early", (rules) => rules.replaceAll("< 3660", "< 2660")],
    [
      "is asked for nowhere",
      (rules) => rules.replaceAll(/slo:excluded(\{.*?\}(?: offset \w+)?) == 1/g, "slo:excluded$1 == 2"),
    ],
  ])("is noticed where it %s", async (_, spoil) => {
    expect(await play(excluding, { only: "nothing counts", spoil })).toMatchObject({ status: 1 });
  });
});
