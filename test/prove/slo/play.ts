/** The generated tests of one service, run on its rules as they are, or on rules that were spoiled. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { PlatformDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { type Artifact, render } from "../../../src/emit/artifact.ts";
import { prometheus } from "../../../src/emit/prometheus.ts";
import { proofs } from "../../../src/emit/proofs.ts";
import { planWith } from "../../compile/spend/months.ts";
import { runPromtool } from "../../support/engines.ts";

interface Played {
  readonly status: number;
  readonly output: string;
}

/**
 * @param only - Tests whose name matches this.
 * @param spoil - What becomes of the rules; it must change them.
 */
export async function play(
  slo: Partial<SloDeclaration>,
  { platform = {}, only, spoil }: Options = {},
): Promise<Played> {
  const made = madeOf(slo, platform);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rules = made.rules.map(({ path, text }) => ({ path, text: spoilt(text, spoil) }));
  for (const { path, text } of [...rules, ...made.tests]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const chosen = only === undefined ? [] : ["--run", only];
  const args = ["test", "rules", ...chosen, ...made.tests.map(({ path }) => path)];
  const { status, stdout, stderr } = await runPromtool(args, { cwd: dir });
  return { status, output: `${stdout}${stderr}` };
}

interface Made {
  readonly rules: readonly File[];
  readonly tests: readonly File[];
}

interface File {
  readonly path: string;
  readonly text: string;
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
  const written = (files: readonly Artifact[]) => files.map((file) => ({ path: file.path, text: render(file) }));
  return { rules: written(prometheus.emit(plan, {})), tests: written(proofs.emit(plan, {})) };
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
