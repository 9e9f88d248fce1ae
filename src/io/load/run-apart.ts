/** Runs the command line in a process of its own, see `apart.ts`, and says how that ended. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Source } from "../../issue.ts";
import { REPORTS, type Report, type Setting, VARIABLE } from "./apart.ts";
import { placeOf } from "./locate-failure.ts";

export interface Apart {
  /** Path of the module to run. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly setting: Setting;
}

/** How it ended: with its work done, with the declarations still loading when their time was up, or before its work was done. */
export type Ending =
  | { readonly kind: "done"; readonly code: number; readonly output: string }
  | { readonly kind: "too-long"; readonly source: Source | undefined }
  | { readonly kind: "ended"; readonly by: string; readonly source: Source | undefined };

/** Starts it and waits for its end. Signals that this process gets end that one first. */
export async function runApart({ entry, args, setting }: Apart): Promise<Ending> {
  const child = spawn(process.execPath, [SMALL_STEPS, ...process.execArgv, entry, ...args], {
    // Its stdout is our stderr: what declarations print is not a result.
    stdio: ["inherit", 2, 2, "pipe"],
    env: { ...process.env, [VARIABLE]: JSON.stringify(setting) },
  });
  const stopPassingOn = passSignalsOn(child);
  const reports = follow(child, setting);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  stopPassingOn();
  return endingOf(reports, signal ?? `exit code ${code}`);
}

/** Half of the memory for 3,000 SLOs, and no more time: what one service needs is garbage before the next. */
const SMALL_STEPS = "--max-semi-space-size=8";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function passSignalsOn(child: ChildProcess): () => void {
  const sent = new Set<NodeJS.Signals>();
  const pass = (signal: NodeJS.Signals) => {
    sent.add(signal);
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return () => {
    for (const signal of SIGNALS) process.off(signal, pass);
    if (child.signalCode !== null && sent.has(child.signalCode)) process.kill(process.pid, child.signalCode);
  };
}

/** What was reported, and whether this process had to end that one. */
interface Followed {
  readonly reports: Report[];
  stopped: boolean;
}

function follow(child: ChildProcess, { limitSeconds }: Setting): Followed {
  const followed: Followed = { reports: [], stopped: false };
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    followed.stopped = true;
    child.kill("SIGKILL");
  };
  createInterface({ input: child.stdio[REPORTS] as Readable }).on("line", (line) => {
    const report = JSON.parse(line) as Report;
    followed.reports.push(report);
    if (report.kind === "stuck") stop();
    if (report.kind === "loaded") clearTimeout(timer);
    if (report.kind === "loading") timer = setTimeout(stop, (limitSeconds + GRACE_SECONDS) * 1000);
    // Whatever its declarations do when the process ends, the work is done.
    if (report.kind === "done") timer = setTimeout(stop, GRACE_SECONDS * 1000);
  });
  child.on("close", () => clearTimeout(timer));
  return followed;
}

/** Longer than it takes to find out where it is stuck; code outside JavaScript cannot be asked. */
const GRACE_SECONDS = 10;

function endingOf({ reports, stopped }: Followed, by: string): Ending {
  const done = reports.find((report) => report.kind === "done");
  if (done) return { kind: "done", code: done.code, output: done.output };
  const stuck = reports.find((report) => report.kind === "stuck");
  if (stopped) return { kind: "too-long", source: stuck && placeOf(stuck.frames) };
  return { kind: "ended", by, source: reports.find((report) => report.kind === "ending")?.source };
}
