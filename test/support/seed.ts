/**
 * Properties are tried on the same inputs in every run, so that a suite which fails was broken by a change and not by
 * chance. `FIREBREAK_SEED` asks for others: a whole number, or `random`.
 */
import fc from "fast-check";

const USUAL = 1;

/**
 * The seed that the environment asks for.
 *
 * @throws Error where it is neither a whole number nor `random`.
 */
export function seedFrom(asked: string | undefined): number {
  if (asked === undefined || asked === "") return USUAL;
  if (asked === "random") return Math.floor(Math.random() * 2 ** 31);
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`FIREBREAK_SEED is "${asked}": a whole number or "random"`);
  return seed;
}

/** Fails with what it takes to see the failure again, before the input, which is cut off where it is long. */
export function reportFailure(run: fc.RunDetails<unknown>): void {
  if (!run.failed) return;
  const { seed, counterexamplePath, numRuns, counterexample, errorInstance } = run;
  const again = `FIREBREAK_SEED=${seed}, path "${short(counterexamplePath ?? "")}", run ${numRuns}`;
  throw new Error(`${again}\n${cut(fc.stringify(counterexample))}`, { cause: errorInstance });
}

/** Its beginning is a path too: it leads to the input before it was made smaller. */
function short(path: string): string {
  return path.length > 100 ? path.replace(/:.*/, "") : path;
}

const MOST_SHOWN = 2000;

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} …` : text;
}
