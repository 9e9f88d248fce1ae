/**
 * What engines answered to the same files before. Nothing else decides it, so they are not asked again: most of a run's time
 * would go there. `FIREBREAK_REMEMBER=off` asks them every time.
 */
import { createHash, type Hash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type Job, type Report, replay } from "../../bench/rules/replay.ts";
import { cacheFolder } from "../../src/io/cache-folder.ts";
import { openPassed, type Passed } from "../../src/io/play/passed.ts";
import type { EngineName } from "../../tools/engines/pins.ts";
import { type Answer, engine, runEngine } from "./engines.ts";

/** What engines answer in a folder that has nothing but what they read, and is as it will be. */
export function answersIn(dir: string): (name: EngineName, args: readonly string[]) => Promise<Answer> {
  const paths = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((path) => isFile(join(dir, path)));
  const files = paths.sort().map((path) => [path, digestOf(join(dir, path))]);
  return (name, args) => remembered(name, [name, args, files], () => runEngine(name, args, { cwd: dir }));
}

/** What the replay engine reports, but for how long it took. */
export function replayOnce(folder: string, job: Job): Promise<Report> {
  const peers = job.peers.map(({ versions, ...peer }) => ({
    ...peer,
    versions: versions.map(({ from, files }) => [from, files.map(digestOf)]),
  }));
  const asked = { ...job, history: digestOf(job.history), peers };
  return remembered("replay", asked, () => replay(folder, job));
}

/** What `firebreak test` remembers, as far as tests may use it. */
export function passedBefore(promtool: string | undefined): Passed {
  const { has, add } = openPassed(promtool);
  return {
    has: (piece) => {
      const known = isOn() && has(piece);
      count(known ? "remembered" : "asked");
      return known;
    },
    add,
  };
}

function isFile(path: string): boolean {
  return statSync(path).isFile();
}

async function remembered<Told>(name: EngineName, asked: unknown, ask: () => Promise<Told>): Promise<Told> {
  const digest = sha256()
    .update(JSON.stringify([identityOf(name), asked]))
    .digest("hex");
  const path = join(cacheFolder(), "answers", digest.slice(0, 2), `${digest.slice(2, 32)}.json.gz`);
  const known = isOn() ? readAnswer<Told>(path) : undefined;
  count(known === undefined ? "asked" : "remembered");
  if (known !== undefined) return known;
  const told = await ask();
  keep(path, told);
  return told;
}

function isOn(): boolean {
  return process.env.FIREBREAK_REMEMBER !== "off";
}

/** For `npm run test:engines`, which says how many they were. */
function count(what: "remembered" | "asked"): void {
  const path = process.env.FIREBREAK_REMEMBER_COUNTS;
  if (path) appendFileSync(path, `${what}\n`);
}

const identities = new Map<EngineName, string>();

/** Every byte of it. */
function identityOf(name: EngineName): string {
  const identity = identities.get(name) ?? digestOf(engine(name) ?? "");
  identities.set(name, identity);
  return identity;
}

function digestOf(path: string): string {
  return sha256().update(readFileSync(path)).digest("hex");
}

function sha256(): Hash {
  return createHash("sha256");
}

function readAnswer<Told>(path: string): Told | undefined {
  try {
    const answer = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as Told;
    // Those that nobody has asked for in weeks are removed: tools/remembered.ts.
    utimesSync(path, new Date(), new Date());
    return answer;
  } catch {
    return undefined;
  }
}

function keep(path: string, answer: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(JSON.stringify(answer), { level: 1 }));
}
