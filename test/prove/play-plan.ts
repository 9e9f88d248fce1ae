/** The generated tests of a plan of one service, played on its rules as they are, or on rules that were spoilt. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished } from "vitest";
import { parse } from "yaml";
import type { Plan } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import type { Expectations, RuleFile } from "../../src/play/rules-read.ts";
import { rulesRead } from "../../tools/rules-read.ts";
import type { Tests } from "../properties/fuzz/rule-tests.ts";
import { type Played, playAndEvaluate, playTests } from "../support/play-tests.ts";

/** Plays every test on the rules that it reads, and evaluates every rule, as promtool does with the whole file. */
export async function playPlan(plan: Plan): Promise<Played> {
  const { rules, tests } = madeOf(plan);
  return playAndEvaluate(makeFolder(), rules.value as RuleFile, ...tests);
}

/**
 * Plays the tests that read what was spoilt: the others have nothing to tell from sound rules.
 *
 * @param spoil - What becomes of the text of the rules; it must change them.
 */
export async function playSpoilt(plan: Plan, spoil: (rules: string) => string): Promise<Played> {
  const { rules, tests } = madeOf(plan);
  const text = render(rules);
  expect(spoil(text)).not.toBe(text);
  const [sound, spoilt] = [parse(text) as RuleFile, parse(spoil(text)) as RuleFile];
  const chosen = tests.map((file) => ({ ...file, tests: file.tests.filter(readsChange(sound, spoilt)) }));
  expect(chosen.flatMap((file) => file.tests)).not.toEqual([]);
  return playTests(makeFolder(), spoilt, ...chosen);
}

/** Whether a test reads any rule that is not the same in both. */
export function readsChange(sound: RuleFile, spoilt: RuleFile): (test: Expectations) => boolean {
  return (test) => !isDeepStrictEqual(rulesRead(sound, test), rulesRead(spoilt, test));
}

function madeOf(plan: Plan): { readonly rules: Artifact; readonly tests: readonly Tests[] } {
  const [rules, ...more] = prometheus.emit(plan, {});
  if (!rules || more.length > 0) throw new Error("one service has one file of rules");
  return { rules, tests: proofs.emit(plan, {}).map(({ value }) => value as Tests) };
}

function makeFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}
