/** A real Prometheus that holds everything that rules recorded in a replay, alerts included. */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import type { Labels, Scrape } from "../../bench/oracle/world.ts";
import { type DumpedSeries, replay } from "../../bench/rules/replay.ts";
import { type Server, startServer } from "../../test/support/engine-server.ts";
import { addBlocks, pathOf } from "./prometheus.ts";

export interface Replayed {
  readonly history: { readonly series: readonly Labels[]; readonly scrapes: readonly Scrape[] };
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Writes the rule files into a folder, and names them. */
  readonly rules: (folder: string) => readonly string[];
  /** Selectors of what the picture asks for. */
  readonly wanted: readonly string[];
}

export async function startReplayed({ history, from, to, rules, wanted }: Replayed): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-picture-"));
  mkdirSync(join(dir, "data"));
  const path = join(dir, "history.bin");
  writeHistory(path, history);
  const span = { from: from * 1000, to: to * 1000 };
  const report = await replay(dir, {
    history: path,
    start: span.from,
    end: span.to,
    intervalMs: 60_000,
    peers: [{ name: "picture", versions: [{ from: span.from, files: rules(dir) }], phase: "aligned" }],
    dump: wanted.map((match) => ({ match, ...span })),
  });
  await addBlocks(dir, lines(report.series));
  return startServer(pathOf("prometheus"), "--storage.tsdb.path", {
    dir,
    config: "global: {}\n",
    flags: ["--storage.tsdb.retention.time=100y"],
  });
}

/** OpenMetrics has no stale markers; what ends is simply not there any more. */
function* lines(series: readonly DumpedSeries[]): Generator<string> {
  for (const { labels, t, v } of series) {
    const { __name__: name = "", ...rest } = labels;
    const text = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
    const rows = t.flatMap((time, index) =>
      typeof v[index] === "number" ? [`${name}{${text.join(",")}} ${v[index]} ${time / 1000}\n`] : [],
    );
    yield rows.join("");
  }
  yield "# EOF\n";
}
