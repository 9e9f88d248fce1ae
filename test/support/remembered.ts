/**
 * What promtool answered to the same files before. Nothing else decides its answer, so it is not asked again: most of a
 * run's time would go there. `FIREBREAK_REMEMBER=off` asks it every time.
 */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../src/io/cache-folder.ts";
import { openPassed, type Passed } from "../../src/io/play/passed.ts";
import { openPromtool } from "../../src/io/play/promtool.ts";
import { type Answer, engine, runPromtool } from "./engines.ts";

/** What promtool answers to these test files in a folder that has nothing but what they need. */
export async function testAnswer(dir: string, args: readonly string[]): Promise<Answer> {
  const path = await placeOf(dir, args);
  const known = isOn() ? readAnswer(path) : undefined;
  count(known ? "remembered" : "asked");
  const answer = known ?? (await runPromtool(["test", "rules", ...args], { cwd: dir }));
  if (!known) keep(path, answer);
  return answer;
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

function isOn(): boolean {
  return process.env.FIREBREAK_REMEMBER !== "off";
}

/** For `npm run test:engines`, which says how many they were. */
function count(what: "remembered" | "asked"): void {
  const path = process.env.FIREBREAK_REMEMBER_COUNTS;
  if (path) appendFileSync(path, `${what}\n`);
}

async function placeOf(dir: string, args: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([await identity(), args]));
  const entries = readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
  for (const name of entries.filter((each) => statSync(join(dir, each)).isFile()))
    hash.update(JSON.stringify([name, readFileSync(join(dir, name), "utf8")]));
  const digest = hash.digest("hex").slice(0, 32);
  return join(cacheFolder(), "answers", digest.slice(0, 2), `${digest}.json`);
}

let known: Promise<string | undefined> | undefined;

function identity(): Promise<string | undefined> {
  known ??= openPromtool(engine("promtool") ?? "promtool").then(({ identity }) => identity);
  return known;
}

function readAnswer(path: string): Answer | undefined {
  try {
    const answer = JSON.parse(readFileSync(path, "utf8")) as Answer;
    // Those that nobody has asked for in weeks are removed: tools/test.ts.
    utimesSync(path, new Date(), new Date());
    return answer;
  } catch {
    return undefined;
  }
}

function keep(path: string, answer: Answer): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(answer));
}
