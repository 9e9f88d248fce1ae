/**
 * `npm run mutate`: changes one thing at a time in what makes the rules, and asks whether a test notices. Survivors are
 * printed, one a line, and the scores as JSON at the end. Progress goes to stderr.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments/read-arguments.ts";
import { type Mutant, mutantsOf, mutated, printMutant, shuffled } from "./mutate/mutants.ts";
import { type Fate, scoresOf, survivorLine } from "./mutate/scores.ts";
import { type Tree, treeOf } from "./mutate/tree.ts";
import { typeCheckOf } from "./mutate/type-check.ts";
import { TESTS_OF_TEXTS, unitTestsFor } from "./mutate/unit-tests.ts";

const HELP = `Changes one thing at a time in src/promql, src/sli and src/compile, and asks whether a test notices.

  npm run mutate                                300 of them
  npm run mutate -- --count 40 --seed 7         others
  npm run mutate -- --skip 40 --count 260       without the first ones of the same sample
  npm run mutate -- --places 3,17               those at these places of the sample: its survivors, once more
  npm run mutate -- --all                       every one: days
  npm run mutate -- --only src/compile/slo      of this file or folder

Needs promtool: npm run engines.`;

const ROOT = join(import.meta.dirname, "..");
const TESTS = globSync("test/**/*.test.ts", { cwd: ROOT });
const { values } = readArguments({
  options: {
    all: { type: "boolean", default: false },
    count: { type: "string", default: "300" },
    skip: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    places: { type: "string", default: "" },
    only: { type: "string", default: "" },
  },
  help: HELP,
});
main();

function main(): void {
  const tree = treeOf(ROOT);
  const fates: Fate[] = [];
  for (const [place, mutant] of sample()) {
    const fate = fateOf(mutant, tree);
    fates.push(fate);
    console.error(`${place} ${[fate.by ?? "SURVIVED", fate.at, printMutant(mutant)].filter(Boolean).join(" ")}`);
    if (!fate.by) console.log(`${place} ${survivorLine(fate)}`);
  }
  tree.remove();
  console.log(JSON.stringify({ seed: Number(values.seed), ...scoresOf(fates) }));
}

/** Those that compile, in the order of the seed, with their places in it. */
function* sample(): Generator<[place: number, mutant: Mutant]> {
  const compiles = typeCheckOf(ROOT);
  const wanted = wantedPlaces();
  let place = 0;
  for (const mutant of shuffled(allMutants(), Number(values.seed))) {
    if (!compiles(mutant.path, mutated(textOf(mutant.path), mutant))) continue;
    if (wanted.has(place)) yield [place, mutant];
    if (++place >= wanted.end) return;
  }
}

function wantedPlaces(): { readonly end: number; readonly has: (place: number) => boolean } {
  const places = new Set(values.places.split(",").filter(Boolean).map(Number));
  if (places.size > 0) return { end: Math.max(...places) + 1, has: (place) => places.has(place) };
  const [first, most] = [Number(values.skip), values.all ? Number.POSITIVE_INFINITY : Number(values.count)];
  return { end: first + most, has: (place) => place >= first };
}

function fateOf(mutant: Mutant, tree: Tree): Fate {
  const verdict = tree.judge(mutant);
  if (verdict === "broken") return { mutant, by: "build" };
  if (verdict.by) return { mutant, ...verdict };
  const { quick, slow } = unitTestsFor(mutant.path, TESTS);
  const fate: Fate = { mutant, changed: verdict.changed };
  if (tree.isNoticed(mutant, quick)) return { ...fate, by: "unit" };
  const known: Fate = verdict.changed.length > 0 ? fate : { ...fate, beside: tree.compare(mutant) };
  // Whoever writes texts has tests of them.
  if (known.beside === "texts" && TESTS_OF_TEXTS.some((tests) => tree.isNoticed(mutant, tests)))
    return { ...known, by: "unit" };
  // Also where no rule of the corpus is another: it has not everything that may be declared.
  return slow && tree.isNoticed(mutant, slow) ? { ...known, by: "unit" } : known;
}

function allMutants(): Mutant[] {
  const paths = globSync("src/{promql,sli,compile}/**/*.ts", { cwd: ROOT }).sort();
  return paths.filter((path) => path.startsWith(values.only)).flatMap((path) => mutantsOf(path, textOf(path)));
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
