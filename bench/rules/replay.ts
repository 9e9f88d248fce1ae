/** Runs the replay engine on a job, and reads its report. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findEngine } from "../../tools/engines/find-engine.ts";

export interface Job {
  readonly history: string;
  readonly start: number;
  readonly end: number;
  readonly seed?: number;
  readonly peers: readonly PeerJob[];
  /** Of groups that name none. */
  readonly intervalMs: number;
  /** What rules write is visible only when the moment of their evaluation is over, as on rulers that write to a remote storage. */
  readonly late?: boolean;
  readonly costFrom?: number;
  readonly costTo?: number;
  readonly dump?: readonly { readonly match: string; readonly from: number; readonly to: number }[];
  /** Whether the report has the alerts that would have been sent. */
  readonly send?: boolean;
}

/** See `Peer` in tools/replay/job.go. */
export interface PeerJob {
  readonly name: string;
  readonly versions: readonly { readonly from: number; readonly files: readonly string[] }[];
  readonly phase?: "hash" | "aligned";
  readonly drop?: number;
  readonly lateMs?: number;
  readonly warmUntil?: number;
  readonly only?: readonly string[];
}

export interface RuleCost {
  readonly peer: string;
  readonly group: string;
  readonly intervalMs: number;
  readonly kind: "record" | "alert";
  readonly name: string;
  readonly labels: string;
  readonly readsRaw: boolean;
  readonly evaluations: number;
  readonly samplesRead: number;
  readonly peakSamples: number;
  readonly seconds: number;
  readonly failures: number;
  readonly failure?: string;
}

/** Values that are no numbers come as text: `stale`, `NaN`, `+Inf`. */
export interface DumpedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly t: readonly number[];
  readonly v: readonly (number | string)[];
}

/** An alert as Prometheus would have sent it to Alertmanager, and when; times are milliseconds. See tools/replay/sent.go. */
export interface SentAlert {
  readonly at: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: number;
  /** When it resolved, or until when it holds if nothing more is sent. */
  readonly endsAt: number;
  readonly resolved: boolean;
}

export interface Report {
  readonly rules: readonly RuleCost[];
  readonly series: readonly DumpedSeries[];
  readonly sent?: readonly SentAlert[];
}

/** @throws {Error} where the engine is missing or fails. */
export async function replay(folder: string, job: Job): Promise<Report> {
  const engine = findEngine("replay");
  if (engine === undefined) throw new Error("replay is not on this machine (npm run engines -- replay)");
  const file = join(folder, "job.json");
  writeFileSync(file, JSON.stringify(job));
  const child = spawn(engine.path, [file], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors] = [text(child.stdout), text(child.stderr)];
  const [status] = (await once(child, "close")) as [number | null];
  if (status !== 0) throw new Error(`replay failed (${status}): ${await errors}`);
  return JSON.parse(await output) as Report;
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
