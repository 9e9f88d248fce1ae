/** The generated tests of one service, run on its rules as they are, or on rules that were spoiled. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { parse } from "yaml";
import type { PlatformDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { render } from "../../../src/emit/artifact.ts";
import { prometheus } from "../../../src/emit/prometheus.ts";
import { proofs } from "../../../src/emit/proofs.ts";
import type { Expectations, RuleFile } from "../../../src/play/rules-read.ts";
import { planWith } from "../../compile/spend/months.ts";
import { type Played, playTests } from "../../support/play-tests.ts";
import { readsChange } from "../play-plan.ts";

/**
 * What is spoilt is played in the tests that read it: the others have nothing to tell from sound rules.
 *
 * @param only - Tests whose name has this in it.
 * @param spoil - What becomes of the rules; it must change them.
 */
export async function play(
  slo: Partial<SloDeclaration>,
  { platform = {}, only, spoil }: Options = {},
): Promise<Played> {
  const { rules, tests } = madeOf(slo, platform);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const named = only === undefined ? tests.tests : tests.tests.filter(({ name }) => name.includes(only));
  const played = parse(spoilt(rules, spoil)) as RuleFile;
  const chosen = spoil === undefined ? named : named.filter(readsChange(parse(rules), played));
  expect(chosen).not.toEqual([]);
  return playTests(dir, played, { ...tests, tests: chosen });
}

interface Made {
  /** As they are written. */
  readonly rules: string;
  readonly tests: TestFile;
}

interface TestFile {
  readonly tests: readonly (Expectations & { readonly name: string })[];
}

/** Each declaration once: its rules are spoiled in many ways, and finding its histories takes longer than playing one. */
const known = new Map<string, Made>();

function madeOf(slo: Partial<SloDeclaration>, platform: PlatformDeclaration): Made {
  const key = JSON.stringify([slo, platform]);
  const made = known.get(key) ?? make(slo, platform);
  known.set(key, made);
  return made;
}

function make(slo: Partial<SloDeclaration>, platform: PlatformDeclaration): Made {
  const plan = planWith({ slos: [{ name: "s", objective: 99, ...slo } as SloDeclaration] }, platform);
  const [[rules], [tests]] = [prometheus.emit(plan, {}), proofs.emit(plan, {})];
  if (!rules || !tests) throw new Error("one service has one file of each");
  return { rules: render(rules), tests: tests.value as TestFile };
}

export interface Options {
  readonly platform?: PlatformDeclaration;
  readonly only?: string;
  readonly spoil?: (rules: string) => string;
}

function spoilt(text: string, spoil: Options["spoil"]): string {
  if (!spoil) return text;
  expect(spoil(text)).not.toBe(text);
  return spoil(text);
}
