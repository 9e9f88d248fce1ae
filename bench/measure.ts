/** Whole processes, timed from outside: wall time, and the CPU time that the system charged to them. */
import { spawnSync } from "node:child_process";

/** One run. */
export interface Timing {
  readonly wallSeconds: number;
  /** User and system time, of all threads. */
  readonly cpuSeconds: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Done before every run, and not timed. */
  readonly prepare?: () => void;
}

/**
 * Medians of some rounds, after one that warms the caches up. Each round runs every command once, so that a machine which is
 * busy for a while slows all of them and their ratios stay.
 *
 * @throws {Error} where a program fails: figures of a failure mean nothing.
 */
export function measureTogether(commands: readonly Command[], rounds: number): Timing[] {
  commands.forEach(runOnce);
  const timings = Array.from({ length: rounds }, () => commands.map(runOnce));
  return commands.map((_, index) => medians(timings.map((round) => round[index] as Timing)));
}

function medians(timings: readonly Timing[]): Timing {
  return {
    wallSeconds: median(timings.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(timings.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

// Node tells a parent nothing of its children's CPU time; bash's `time` reads it from wait4, to the millisecond.
const SCRIPT = 'TIMEFORMAT="%3R %3U %3S"; LC_ALL=C; time "$@" >/dev/null 2>&1';

/** One run without a warm-up, for what takes long. */
export function runOnce({ program, args, cwd, prepare }: Command): Timing {
  prepare?.();
  const place = cwd === undefined ? {} : { cwd };
  const { status, stderr } = spawnSync("bash", ["-c", SCRIPT, "time", program, ...args], {
    ...place,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed (${status})`);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split(" ").map(Number);
  return { wallSeconds: wall, cpuSeconds: user + system };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle);
  return sorted.length % 2 === 0 ? (low + high) / 2 : low;
}
