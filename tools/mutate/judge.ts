/**
 * Runs in a copy of the repository, in which one file may be a mutant: builds the corpus there, and plays the generated
 * tests on its rules. Prints its verdict as JSON; what throws is a verdict too.
 *
 *   node tools/mutate/judge.ts keep FILE      writes what the tree makes, to hold mutants against
 *   node tools/mutate/judge.ts judge FILE src/sli/counting/gain.ts     says how the tree with this mutant differs from that, and
 *                                                             which test notices
 *   node tools/mutate/judge.ts compare FILE                   says what is another but the rules of the corpus
 */
import { readFileSync, writeFileSync } from "node:fs";
import { affectedAlerts, changedRules, lengthOf, testsThatAsk } from "./affected.ts";
import { type Beside, type Built, besideOf, builtCorpus, type RuleFile, type Test } from "./built.ts";
import { passes } from "./promtool.ts";

/** What became of a mutant in the generated tests. */
export interface Verdict {
  /** `own`: tests that the tree made itself; `kept`: tests that were made before. Missing: nothing noticed. */
  readonly by?: "own" | "kept";
  /** The service and the test that noticed. */
  readonly at?: string;
  /** Services whose rules are others. */
  readonly changed: readonly string[];
}

/** Where no rule of the corpus is another: what is. Rules of the golden declarations, or texts alone. */
export type Difference = "rules" | "texts" | "none";

interface Kept {
  readonly name: string;
  readonly rules: RuleFile;
  readonly tests: readonly Test[];
}

/** A service before and after. */
interface Pair {
  readonly before: Kept;
  readonly after: Built;
  readonly rules: readonly string[];
}

/** In so many services, the cheapest ones, each changed rule is tried by each scenario that asks for it. */
const DEPTH = 2;

const [, , task, path = "", mutant = ""] = process.argv;
if (task === "keep") keep();
else console.log(JSON.stringify(task === "judge" ? judge() : difference()));

function keep(): void {
  const kept = builtCorpus().map(({ name, rules, tests }): Kept => ({ name, rules, tests: tests() }));
  writeFileSync(path, JSON.stringify({ kept, beside: besideOf() }));
}

function judge(): Verdict {
  const { kept } = readKept();
  const built = builtCorpus();
  const pairs = kept.flatMap((before): Pair[] => {
    const after = built.find(({ name }) => name === before.name);
    return after ? [{ before, after, rules: changedRules(before.rules, after.rules) }] : [];
  });
  const changed = pairs.filter(({ rules }) => rules.length > 0);
  // Tests are made of no rule: what makes nothing but rules changes none where they are the same.
  const others = (): Noticed => (mutant.startsWith("src/compile/") ? {} : noticedOfTests(cheapestFirst(pairs)));
  const noticed = changed.length > 0 ? noticedIn(cheapestFirst(changed)) : others();
  const names = changed.map(({ before }) => before.name);
  return { ...noticed, changed: names };
}

function difference(): Difference {
  const { beside } = readKept();
  const { rules, texts } = besideOf();
  if (rules !== beside.rules) return "rules";
  return texts === beside.texts ? "none" : "texts";
}

function readKept(): { readonly kept: readonly Kept[]; readonly beside: Beside } {
  return JSON.parse(readFileSync(path, "utf8"));
}

type Noticed = Pick<Verdict, "by" | "at">;

/** A service, and the scenarios that are tried in it. */
interface Chosen extends Pair {
  readonly scenarios: ReadonlySet<string>;
}

function noticedIn(pairs: readonly Pair[]): Noticed {
  const tried = new Map<string, number>();
  const chosen = pairs.flatMap((pair): Chosen[] => {
    const scenarios = new Set(pair.rules.flatMap((rule) => untried(rule, pair, tried)));
    return scenarios.size > 0 ? [{ ...pair, scenarios }] : [];
  });
  return firstOf(chosen, ownTests, "own") ?? firstOf(chosen, keptTests, "kept") ?? {};
}

/** The scenarios of a service that ask for a rule, and that were not tried often enough for it. */
function untried(rule: string, { before, after }: Pair, tried: Map<string, number>): string[] {
  const asked = testsThatAsk(before.tests, affectedAlerts([rule], [before.rules, after.rules]));
  const scenarios = [...new Set(asked.map(scenarioOf))];
  const some = scenarios.filter((scenario) => (tried.get(`${rule} ${scenario}`) ?? 0) < DEPTH);
  for (const scenario of some) tried.set(`${rule} ${scenario}`, (tried.get(`${rule} ${scenario}`) ?? 0) + 1);
  return some;
}

/** A test's name without those of its SLOs and budgets, which are shorter. */
function scenarioOf({ name }: Test): string {
  const parts = name.split(": ");
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

/** The rules are as they were; what is played on them may not be. */
function noticedOfTests(pairs: readonly Pair[]): Noticed {
  const others = ({ before, after }: Pair): Test[] => {
    const known = new Set(before.tests.map((test) => JSON.stringify(test)));
    return after.tests().filter((test) => !known.has(JSON.stringify(test)));
  };
  return firstOf(pairs, others, "own") ?? {};
}

function ownTests({ before, after, rules, scenarios }: Chosen): Test[] {
  const known = new Set(before.tests.map(scenarioOf));
  const isTried = (test: Test): boolean => scenarios.has(scenarioOf(test)) || !known.has(scenarioOf(test));
  return testsThatAsk(after.tests(), affectedAlerts(rules, [before.rules, after.rules])).filter(isTried);
}

/** But for those that are the same as the tree's own. */
function keptTests(pair: Chosen): Test[] {
  const { before, after, rules, scenarios } = pair;
  const own = new Set(ownTests(pair).map((test) => JSON.stringify(test)));
  const asked = testsThatAsk(before.tests, affectedAlerts(rules, [before.rules, after.rules]));
  return asked.filter((test) => scenarios.has(scenarioOf(test)) && !own.has(JSON.stringify(test)));
}

function firstOf<One extends Pair>(
  pairs: readonly One[],
  testsOf: (pair: One) => readonly Test[],
  by: NonNullable<Verdict["by"]>,
): Noticed | undefined {
  for (const pair of pairs)
    for (const test of testsOf(pair)) {
      if (passes(pair.after.rules, test) || !isSound(pair, test)) continue;
      return { by, at: `${pair.before.name}: ${test.name}` };
    }
  return undefined;
}

/** A test that fails on good rules too says nothing. */
function isSound({ before }: Pair, { name }: Test): boolean {
  return before.tests.filter((test) => test.name === name).every((test) => passes(before.rules, test));
}

function cheapestFirst(pairs: readonly Pair[]): Pair[] {
  const cost = ({ before }: Pair): number =>
    before.rules.groups.flatMap(({ rules }) => rules).length *
    before.tests.reduce((sum, test) => sum + lengthOf(test), 0);
  return [...pairs].sort((one, other) => cost(one) - cost(other));
}
