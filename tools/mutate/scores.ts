/** What became of mutants, counted. */
import type { Difference, Verdict } from "./judge.ts";
import { type Mutant, printMutant } from "./mutants.ts";

/** Who noticed: the build itself, generated tests (`own` of the tree, or `kept` from before), or unit tests. */
export interface Fate extends Partial<Omit<Verdict, "by">> {
  readonly mutant: Mutant;
  readonly by?: "build" | "own" | "kept" | "unit";
  /** Where no rule of the corpus is another: what is. */
  readonly beside?: Difference;
}

export interface Scores {
  readonly mutants: number;
  readonly build: number;
  readonly own: number;
  readonly kept: number;
  readonly unit: number;
  readonly survived: number;
  /** Of the survivors: nothing that is written was another. */
  readonly withoutEffect: number;
  /** Percent of all mutants that something noticed. */
  readonly score: number;
  /** The same of those that change something that is written. */
  readonly scoreOfEffects: number;
  /** Percent that the build or generated tests noticed, of those that change rules. */
  readonly scoreOfGeneratedTests: number;
}

export function scoresOf(fates: readonly Fate[]): Scores {
  const by = (who: Fate["by"]): number => fates.filter((fate) => fate.by === who).length;
  const survivors = fates.filter((fate) => !fate.by);
  const withoutEffect = survivors.filter((fate) => !hasEffect(fate)).length;
  const killed = fates.length - survivors.length;
  const shown = by("build") + by("own") + by("kept");
  const ofRules = fates.filter((fate) => fate.by === "build" || fate.by === "own" || changesRules(fate));
  return {
    mutants: fates.length,
    build: by("build"),
    own: by("own"),
    kept: by("kept"),
    unit: by("unit"),
    survived: survivors.length,
    withoutEffect,
    score: percent(killed, fates.length),
    scoreOfEffects: percent(killed, fates.length - withoutEffect),
    scoreOfGeneratedTests: percent(shown, ofRules.length),
  };
}

/** `src/compile/tiling.ts:5 240 → 480: rules of plain/bad are others`. */
export function survivorLine(fate: Fate): string {
  const [first, ...more] = fate.changed ?? [];
  const rules = `rules of ${first}${more.length > 0 ? ` and ${more.length} others` : ""} are others`;
  const beside = { rules: "rules of the golden declarations are others", texts: "texts are others", none: "no effect" };
  const effect = first ? rules : beside[fate.beside ?? "none"];
  return `${printMutant(fate.mutant)}: ${effect}`;
}

/** Whether any rule is another. */
function changesRules({ changed = [], beside }: Pick<Fate, "changed" | "beside">): boolean {
  return changed.length > 0 || beside === "rules";
}

function hasEffect(fate: Fate): boolean {
  return changesRules(fate) || fate.beside === "texts";
}

function percent(part: number, all: number): number {
  return all === 0 ? 100 : Math.round((1000 * part) / all) / 10;
}
