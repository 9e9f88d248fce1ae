/**
 * A calendar month over raw counters, in Prometheus's own packages: groups at moments of their own, restarts, and a
 * ruler that is down while the month ends.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import type { Scrape } from "../../bench/oracle/world.ts";
import type { PlatformDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { planOf } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";
import { replayOnce } from "../support/remembered.ts";

const HOUR = 3600;
const TILE = 240;
const BUDGET = 0.001;
const FEBRUARY = 29 * 24 * HOUR;
const MARCH = 31 * 24 * HOUR;
/** 1 March 2028 at UTC+05:30. */
const BOUNDARY = Date.parse("2028-03-01T00:00:00+05:30") / 1000;
const START = BOUNDARY - 8 * HOUR;
const END = BOUNDARY + 4 * HOUR;

/** A fifth fails in February, a hundredth in March. */
const share = (time: number): number => (time <= BOUNDARY ? 0.2 : 0.01);
/** What a tile of February holds, as a share of March's budget. */
const ONE_TILE = (TILE * 0.2) / (MARCH * BUDGET);

describeWithEngine("replay", "a month's end", () => {
  test.each([
    ["is seen within a tile", {}, undefined],
    ["is seen where counts are carried on", { retention: "15d" }, undefined],
    ["is missed by the ruler, and the new month is whole", {}, [BOUNDARY - 1500, BOUNDARY + 1200]],
    ["is missed by the ruler, where counts are carried on", { retention: "15d" }, [BOUNDARY - 1500, BOUNDARY + 1200]],
  ] as const)("%s", async (_title, platform, down) => {
    const left = await budgetLeft(platform, down);
    const february = left.filter(([time]) => time - TILE < BOUNDARY && time - START > HOUR && time < BOUNDARY - 1500);
    const march = left.filter(([time]) => time - TILE >= BOUNDARY);
    expect(Math.min(february.length, march.length)).toBeGreaterThan(40);
    for (const [time, value] of february)
      expect(Math.abs(value - (1 - (0.2 * (time - START)) / (FEBRUARY * BUDGET)))).toBeLessThan(2 * ONE_TILE);
    for (const [time, value] of march)
      expect(Math.abs(value - (1 - (0.01 * (time - BOUNDARY)) / (MARCH * BUDGET)))).toBeLessThan(ONE_TILE);
  });
});

async function budgetLeft(
  platform: PlatformDeclaration,
  down: readonly [number, number] | undefined,
): Promise<[number, number][]> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-month-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const history = join(folder, "history");
  writeHistory(history, counters());
  const files = ruleFiles(folder, platform);
  const [from, until] = down ?? [];
  const gap =
    from === undefined || until === undefined
      ? []
      : [
          { from, files: [] },
          { from: until, files },
        ];
  const versions = [{ from: START, files }, ...gap].map((version) => ({ ...version, from: version.from * 1000 }));
  const match = "slo:error_budget_remaining_ratio";
  const { series } = await replayOnce(folder, {
    history,
    start: START * 1000,
    end: END * 1000,
    seed: 1,
    intervalMs: 30_000,
    peers: [{ name: "month", versions, phase: "hash", only: [match] }],
    dump: [{ match, from: START * 1000, to: END * 1000 }],
  });
  return series.flatMap(({ t, v }) =>
    t.flatMap((time, index): [number, number][] =>
      typeof v[index] === "number" ? [[time / 1000, v[index] as number]] : [],
    ),
  );
}

function ruleFiles(folder: string, platform: PlatformDeclaration): string[] {
  const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
  const plan = planOf({ sli, window: { calendar: "month", offset: "+05:30" } }, platform);
  mkdirSync(join(folder, "prometheus"));
  return prometheus.emit(plan, {}).map((file) => {
    const path = join(folder, file.path);
    writeFileSync(path, render(file));
    return path;
  });
}

/** Two targets that count ten requests a second; one restarts just before the month ends, the other two hours later. */
function counters(): { series: Record<string, string>[]; scrapes: Scrape[] } {
  const targets = [
    { instance: "a", second: 7, restart: BOUNDARY - 700 },
    { instance: "b", second: 19, restart: BOUNDARY + 2 * HOUR },
  ];
  const names = ["up", "requests_total", "errors_total"];
  const series = targets.flatMap(({ instance }) => names.map((__name__) => ({ __name__, job: "app", instance })));
  const scrapes = targets.flatMap(({ second, restart }, target) => {
    let [requests, errors] = [0, 0];
    return Array.from({ length: (END - START) / 30 }, (_, index): Scrape => {
      const time = START + index * 30 + second;
      if (time > restart && time - 30 <= restart) [requests, errors] = [0, 0];
      requests += 300;
      errors += 300 * share(time);
      const numbers = names.map((_name, place) => target * names.length + place);
      return { timeMs: time * 1000, visibleMs: time * 1000 + 500, series: numbers, values: [1, requests, errors] };
    });
  });
  return { series, scrapes: scrapes.sort((a, b) => a.visibleMs - b.visibleMs) };
}
