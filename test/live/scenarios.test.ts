/** Some of the scenarios of `npm run e2e:alerts`, in a greater hurry: three lives of alerts, from the rules to the webhook. */
import { afterAll, expect, test } from "vitest";
import type { Entry } from "../../tools/alerts/ledger.ts";
import { type Prepared, perform, prepare } from "../../tools/alerts/run.ts";
import { scenarios } from "../../tools/alerts/scenarios/index.ts";
import { describeWithEngine } from "../support/engines.ts";
import { replayOnce } from "../support/remembered.ts";

const NAMES = ["one-outage", "ticket-becomes-page", "dead-in-outage-30d"];
/** A machine that is too busy for one is given the next. */
const SPEEDS = [150, 60, 20];
/** Half of the ticket's wait of five minutes, in which the page must come first. */
const LATE_SECONDS = 150;

describeWithEngine(["replay", "alertmanager"], "alerts over their whole life", () => {
  const prepared: Prepared[] = [];
  afterAll(() => prepared.map((one) => one.remove()));

  test("are notified of once, and end", async () => {
    const wanted = scenarios.filter(({ name }) => NAMES.includes(name));
    expect(wanted).toHaveLength(NAMES.length);
    for (const scenario of wanted) prepared.push(await prepare(scenario, replayOnce));
    const entries = await Promise.all(prepared.map(inTime));
    expect(entries.map(({ scenario, wrong }) => [scenario.name, wrong])).toEqual(wanted.map(({ name }) => [name, []]));
  });
});

async function inTime(one: Prepared): Promise<Entry> {
  const [first = 1, ...slower] = SPEEDS;
  let entry = await perform(one, first);
  for (const speed of slower) if (entry.lateSeconds > LATE_SECONDS) entry = await perform(one, speed);
  return entry;
}
