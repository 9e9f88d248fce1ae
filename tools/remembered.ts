/** What `npm run test:engines` says of answers of engines that were remembered: test/support/remembered.ts keeps them. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../src/io/cache-folder.ts";
import { DAY_MS } from "../src/time/units.ts";

/** Makes tests count. @returns how often engines were asked, and how often not, in words; to be called once. */
export function countAnswers(): () => string {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-counts-"));
  const path = join(folder, "counts");
  process.env.FIREBREAK_REMEMBER_COUNTS = path;
  forgetOldAnswers();
  return () => {
    const words = countWords(existsSync(path) ? readFileSync(path, "utf8").split("\n") : []);
    rmSync(folder, { recursive: true });
    return words;
  };
}

const MOST_AGE = 30 * DAY_MS;

function forgetOldAnswers(): void {
  for (const path of globSync(join(cacheFolder(), "answers", "*", "*.gz")))
    if (Date.now() - statSync(path).mtimeMs > MOST_AGE) rmSync(path, { force: true });
}

function countWords(lines: readonly string[]): string {
  const [asked = 0, remembered = 0] = ["asked", "remembered"].map(
    (word) => lines.filter((line) => line === word).length,
  );
  return `engines were asked ${asked} times, and ${remembered} answers were remembered (FIREBREAK_REMEMBER=off: none)`;
}
