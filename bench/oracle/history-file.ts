/** A history as the replay program reads it: a line that names the series, then one record per sample. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Scrape, World } from "./world.ts";

const RECORD_BYTES = 28;
/** The NaN by which Prometheus says that a series has ended. */
const STALE = 0x7ff0000000000002n;

export function writeHistory(path: string, { series, scrapes }: Pick<World, "series" | "scrapes">): void {
  const file = openSync(path, "w");
  try {
    writeSync(file, `${JSON.stringify({ series })}\n`);
    for (const part of chunks(scrapes, 2000)) writeSync(file, recordsOf(part));
  } finally {
    closeSync(file);
  }
}

function recordsOf(scrapes: readonly Scrape[]): Buffer {
  const count = scrapes.reduce((sum, { series }) => sum + series.length, 0);
  const buffer = Buffer.allocUnsafe(count * RECORD_BYTES);
  let at = 0;
  for (const { timeMs, visibleMs, series, values } of scrapes) {
    for (let index = 0; index < series.length; index++, at += RECORD_BYTES) {
      buffer.writeUInt32LE(series[index] ?? 0, at);
      buffer.writeDoubleLE(visibleMs, at + 4);
      buffer.writeDoubleLE(timeMs, at + 12);
      const value = values[index];
      if (value === undefined) buffer.writeBigUInt64LE(STALE, at + 20);
      else buffer.writeDoubleLE(value, at + 20);
    }
  }
  return buffer;
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
