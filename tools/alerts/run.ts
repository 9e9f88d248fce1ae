/** One scenario from its declarations to its line in the ledger. */
import { setTimeout as sleep } from "node:timers/promises";
import { replay, type SentAlert } from "../../bench/rules/replay.ts";
import type { PlatformDeclaration } from "../../src/declare/declaration.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/units.ts";
import { buildFiles, makeWorkspace, writeFiles } from "../../test/support/live-build.ts";
import { startWebhookSink } from "../../test/support/live-webhook.ts";
import { startAlertmanagers } from "./clusters.ts";
import { momentOf } from "./history.ts";
import { type Entry, entryOf } from "./ledger.ts";
import { clockOf, play, type Stage } from "./play.ts";
import { SINK, scaledConfig } from "./scaled.ts";
import type { Scenario } from "./scenario.ts";
import { LEAD, timelineOf } from "./timeline.ts";

/** What a scenario's rules would send, and the folder with all its files. */
export interface Prepared {
  readonly scenario: Scenario;
  readonly timeline: readonly SentAlert[];
  readonly dir: string;
  readonly config: string;
  remove(): void;
}

/** The slow part, which needs a processor: rules over days of history. */
export async function prepare(scenario: Scenario, engine = replay): Promise<Prepared> {
  const { dir, remove } = makeWorkspace(`alerts-${scenario.name}`);
  const { files } = buildFiles(scenario.services, { ...platform, ...scenario.platform });
  writeFiles(dir, files);
  const rules = Object.entries(files).filter(([path]) => path.endsWith(".rules.yaml"));
  const timeline = await timelineOf(scenario, Object.fromEntries(rules), dir, engine);
  return { scenario, timeline, dir, config: files["alertmanager/alertmanager.yaml"] ?? "", remove };
}

/** The long part, which waits: many can do so at once. */
export async function perform({ scenario, timeline, dir, config }: Prepared, wanted: number): Promise<Entry> {
  // Alertmanager's hours are whole minutes of the clock, so an hour of the scenario is one.
  const speed = scenario.platform?.businessHours === undefined ? wanted : 60;
  const sink = await startWebhookSink();
  const started = { scenario, sink, speed, startMs: startOf(scenario) };
  const alertmanagers = await startAlertmanagers(scenario, scenarioConfig(config, started), { dir, speed });
  const stage = { ...started, alertmanagers };
  try {
    const played = await play(timeline, stage);
    await sleep(1000);
    return entryOf(timeline, played, stage);
  } finally {
    for (const each of alertmanagers) await each.stop();
    await sink.stop();
  }
}

const platform: PlatformDeclaration = {
  retention: "60d",
  receivers: {
    default: {
      page: { webhook: { url: `${SINK}/page` } },
      ticket: { webhook: { url: `${SINK}/ticket` } },
      info: { webhook: { url: `${SINK}/info` } },
    },
  },
};

/** In a moment; on a minute of the clock where hours are mapped to minutes. */
function startOf({ platform: { businessHours } = {} }: Scenario): number {
  const soon = Date.now() + 2000;
  return businessHours === undefined ? soon : Math.ceil(soon / MINUTE_MS) * MINUTE_MS;
}

function scenarioConfig(config: string, started: Omit<Stage, "alertmanagers">): string {
  const { scenario, speed, sink } = started;
  const midnight = Math.floor(momentOf(scenario, -LEAD) / DAY_MS) * DAY_MS;
  return scaledConfig(config, {
    ...{ speed, sinkUrl: sink.url, days: [midnight, midnight + DAY_MS] },
    onClock: (moment) => clockOf(started, moment),
    inhibit: scenario.beside?.inhibit ?? [],
  });
}
