/**
 * `npm test`: runs Vitest without engines, then says what was skipped and why, and counts everything in the last line.
 * With `--engines` (`npm run test:engines`) it runs the tests that `npm test` left out for want of engines, and only those.
 * Other arguments go to Vitest as they are: `npm test -- test/promql -t rate`. Builds no engine, needs no network.
 */
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type CliOptions, parseCLI, startVitest, type TestCase, type TestModule, type TestSuite } from "vitest/node";
import { Interleaved } from "./interleaved.ts";
import { countAnswers } from "./remembered.ts";

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly TestCase[];
}

const ENGINES = "--engines";
const args = process.argv.slice(2);
const withEngines = args.includes(ENGINES);
const { filter, options } = parseCLI(["vitest", "run", ...args.filter((arg) => arg !== ENGINES)]);
if (!withEngines) hideEngines();
const answers = withEngines ? countAnswers() : undefined;
const tally = await runTests();
for (const line of skipLines(tally.skipped)) console.log(line);
if (answers) console.log(answers());
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`);
// A run of nothing proves nothing. Otherwise Vitest's own exit code stands: it knows of interrupts and obsolete snapshots.
if (tally.failed > 0 || tally.passed === 0) process.exitCode = 1;

// Suites read the first: test/support/engines.ts. What looks for an engine itself finds none, as on a newcomer's machine.
function hideEngines(): void {
  process.env.FIREBREAK_ENGINES = "off";
  process.env.FIREBREAK_CACHE = "/nowhere";
}

async function runTests(): Promise<Tally> {
  // One line a file, however slow its tests are.
  const oneLine = { watch: false, slowTestThreshold: Number.POSITIVE_INFINITY };
  const vitest = await startVitest(filter, { ...options, ...oneLine, ...(withEngines ? onlyEngines() : {}) });
  const tally = count(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
  await vitest.close();
  return tally;
}

function onlyEngines(): CliOptions {
  const include = globSync("test/**/*.test.ts").filter(needsMore);
  const sequence = { sequencer: Interleaved };
  // Every other file waits for servers most of its time: see Interleaved.
  return { include, tagsFilter: ["engine"], sequence, maxWorkers: 3 * availableParallelism() };
}

// Another file is not even loaded.
function needsMore(file: string): boolean {
  return /\bdescribe(WithEngine|BeyondNpm)\(/.test(readFileSync(file, "utf8"));
}

function count(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]).filter(isOurs);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  return {
    passed: inState("passed").length,
    failed: inState("failed").length + modules.flatMap(brokenParts).length + unhandledErrors,
    skipped: inState("skipped"),
  };
}

// The other command has counted the rest.
function isOurs(test: TestCase): boolean {
  return !withEngines || test.tags.includes("engine");
}

// What fails outside any test, such as a syntax error or a hook, must count too.
function brokenParts(module: TestModule): readonly (TestModule | TestSuite)[] {
  return [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
}

/** One line per reason, in the order the reasons first came up. */
function skipLines(skipped: readonly TestCase[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of skipped.map(skipReason)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, tests]) => `skipped: ${reason}: ${tests} ${tests === 1 ? "test" : "tests"}`);
}

function skipReason(test: TestCase): string {
  const result = test.result();
  const note = result.state === "skipped" ? result.note : undefined;
  return note ?? declaredReason(test) ?? guessedReason(test);
}

// The reason stands at the test or at a group around it.
function declaredReason(part: TestCase | TestSuite | TestModule): string | undefined {
  const reason = part.meta().skipReason;
  return reason ?? (part.type === "module" ? undefined : declaredReason(part.parent));
}

function guessedReason(test: TestCase): string {
  if (options.testNamePattern) return "left out by -t";
  if (test.options.mode === "todo") return "still to be written";
  return `${hasBrokenParent(test) ? "a hook failed" : "no reason given"} in ${place(test.parent)}`;
}

function place(group: TestSuite | TestModule): string {
  return group.type === "module" ? group.relativeModuleId : `${group.module.relativeModuleId} > ${group.fullName}`;
}

function hasBrokenParent(part: TestCase | TestSuite): boolean {
  return part.parent.errors().length > 0 || (part.parent.type === "suite" && hasBrokenParent(part.parent));
}
