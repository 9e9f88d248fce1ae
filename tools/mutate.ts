/**
 * `npm run mutate`: changes one thing at a time in what makes the rules, and asks whether a test notices. Survivors are
 * printed, one a line, and the scores as JSON at the end. Progress goes to stderr.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments/read-arguments.ts";
import { type Mutant, mutantsOf, mutated, shuffled, told } from "./mutate/mutants.ts";
import { type Fate, scoresOf, survivorLine } from "./mutate/scores.ts";
import { type Tree, treeOf } from "./mutate/tree.ts";
import { typeCheckOf } from "./mutate/type-check.ts";

const HELP = `Changes one thing at a time in src/promql, src/sli and src/compile, and asks whether a test notices.

  npm run mutate                                300 of them
  npm run mutate -- --count 40 --seed 7         others
  npm run mutate -- --all                       every one: days
  npm run mutate -- --only src/compile/slo      of this file or folder

Needs promtool: npm run engines.`;

const ROOT = join(import.meta.dirname, "..");
const { values } = readArguments({
  options: {
    all: { type: "boolean", default: false },
    count: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
  help: HELP,
});
main();

function main(): void {
  const mutants = shuffled(allMutants(), Number(values.seed));
  const most = values.all ? mutants.length : Number(values.count);
  const compiles = typeCheckOf(ROOT);
  const tree = treeOf(ROOT);
  const fates: Fate[] = [];
  for (const mutant of mutants) {
    if (fates.length >= most) break;
    if (!compiles(mutant.path, mutated(textOf(mutant.path), mutant))) continue;
    const fate = fateOf(mutant, tree);
    fates.push(fate);
    console.error(`${fates.length}/${most} ${fate.by ?? "SURVIVED"}${fate.at ? ` ${fate.at}` : ""} ${told(mutant)}`);
    if (!fate.by) console.log(survivorLine(fate));
  }
  tree.remove();
  console.log(JSON.stringify({ seed: Number(values.seed), ...scoresOf(fates) }));
}

function fateOf(mutant: Mutant, tree: Tree): Fate {
  const verdict = tree.judge(mutant);
  if (verdict === "broken") return { mutant, by: "build" };
  if (verdict.by) return { mutant, ...verdict };
  return tree.isNoticed(mutant) ? { mutant, by: "unit" } : { mutant, ...verdict };
}

function allMutants(): Mutant[] {
  const paths = globSync("src/{promql,sli,compile}/**/*.ts", { cwd: ROOT }).sort();
  return paths.filter((path) => path.startsWith(values.only)).flatMap((path) => mutantsOf(path, textOf(path)));
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
