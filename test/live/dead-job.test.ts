/** A dead job is reported once for each service that counted it, on a real Alertmanager, whatever the reasons are. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDeclaration } from "../../src/declare/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { type MessageWorld, startMessages } from "../support/live-messages.ts";
import { waitFor } from "../support/live-wait.ts";

/** By how much the test is faster than the generated routes, which wait for a minute. */
const HURRY = 10;
/** From the first alert to the last: within the ten seconds that a page waits. */
const SPREAD_MS = 8000 / HURRY;
/** Until whatever would be reported has been reported: the wait, or the interval, and as much again. */
const SETTLED_MS = (2 * 60_000) / HURRY;

describeWithEngine("alertmanager", "a dead job", () => {
  let world: MessageWorld;

  beforeAll(async () => {
    world = await startMessages(
      [service("engine", ["availability", "latency", "queue"]), service("shop", ["availability"])],
      HURRY,
    );
  });
  afterAll(() => world?.stop());

  test("is one message, though a second reason joins the first; another job is another", async () => {
    for (const alert of down()) {
      await world.send([alert]);
      await sleep(SPREAD_MS / down().length);
    }
    await sleep(SETTLED_MS);
    expect(titles(0)).toEqual([
      "page SloTargetsDown engine eu router",
      "page SloTargetsDown engine eu vllm (+1)",
      "page SloTargetsDown shop eu web",
    ]);
  });

  test("does not keep a page of the same service from ringing for itself", async () => {
    await world.send([world.alert("engine/latency", "SloBurnPageFast", { cluster: "eu", model: "a" })]);
    await waitFor("its page", () => world.messages().some(({ title }) => title.includes("SloBurnPageFast")));
  });

  test("is reported once more when it is back", async () => {
    const before = world.messages().length;
    await world.send(down(), "resolved");
    await sleep(SETTLED_MS);
    expect(titles(before)).toEqual([
      expect.stringMatching(/^resolved SloTargetsDown engine eu router SloTargetsDown after \d+m?/),
      expect.stringMatching(/^resolved SloTargetsDown engine eu vllm SloTargetsDown after \d+m?/),
      expect.stringMatching(/^resolved SloTargetsDown shop eu web SloTargetsDown after \d+m?/),
    ]);
  });

  function titles(from: number): string[] {
    const since = world.messages().slice(from);
    return since.map(({ title }) => title).sort();
  }

  /** A job of which first some targets are down, then all; another of the same service, and one of another service. */
  function down() {
    const of = (service: string, job: string, reason = "some-down") =>
      world.alert(service, "SloTargetsDown", { cluster: "eu", job, reason });
    return [of("engine", "vllm"), of("engine", "vllm", "all-down"), of("engine", "router"), of("shop", "web")];
  }
});

function service(name: string, slos: readonly string[]): ServiceDeclaration {
  const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
  return {
    name,
    owner: "ml",
    runbooks: "https://runbooks.example.com",
    slos: slos.map((slo) => ({ name: slo, objective: 99.9, window: "30d", groupBy: ["model"], sli })),
  };
}
