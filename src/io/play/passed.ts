/** Which tests promtool has passed before. The same test on the same rules passes again: nothing else decides. */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Piece } from "../../play/piece.ts";
import { cacheFolder } from "../cache-folder.ts";

export interface Passed {
  readonly has: (piece: Piece) => boolean;
  readonly add: (piece: Piece) => void;
}

/**
 * Opens what is remembered on this machine. Where that can be neither read nor written, every test is new.
 *
 * @param promtool - What tells this promtool from every other; without it nothing is remembered.
 */
export function openPassed(promtool: string | undefined, folder = cacheFolder()): Passed {
  if (promtool === undefined) return { has: () => false, add: () => {} };
  const path = join(folder, "passed-tests");
  const known = readDigests(path);
  return {
    has: (piece) => isWhole(piece) && known.has(digestOf(piece, promtool)),
    add: (piece) => {
      if (isWhole(piece)) append(path, digestOf(piece, promtool));
    },
  };
}

/** Half a million tests. */
const MOST_BYTES = 16_000_000;

function readDigests(path: string): ReadonlySet<string> {
  try {
    if (statSync(path).size > MOST_BYTES) rmSync(path);
    return new Set(readFileSync(path, "utf8").split("\n"));
  } catch {
    return new Set();
  }
}

/** One short line at a time, so that those of several processes do not mix. */
function append(path: string, digest: string): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    appendFileSync(path, `${digest}\n`);
  } catch {
    // A cache that cannot be written is not worth a word: the test is played again.
  }
}

/** Whether all rules are in it, none at a path outside. */
function isWhole({ rules }: Piece): boolean {
  return rules.every(({ name }) => name !== undefined);
}

function digestOf({ files }: Piece, promtool: string): string {
  const texts = files.map(({ name, text }) => [name, withoutComments(text)]);
  return createHash("sha256")
    .update(JSON.stringify([promtool, texts]))
    .digest("hex")
    .slice(0, 32);
}

/** The head, which has the sum of the whole file, and what stands for lines that were taken out. */
function withoutComments(text: string): string {
  return text.replace(/^(#.*\n)+/, "").replace(/^#\n/gm, "");
}
