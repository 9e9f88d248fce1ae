/** The generated tests of one service, run on its rules as they are, or on rules that were spoiled. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import type { PlatformDeclaration, SloDeclaration } from "../../src/model/declaration.ts";
import { planWith } from "../compile/budget/months.ts";
import { runPromtool } from "../support/engines.ts";

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
  const plan = planWith({ slos: [{ name: "s", objective: 99, ...slo } as SloDeclaration] }, platform);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rules = prometheus.emit(plan, {}).map((file) => ({ ...file, text: spoilt(render(file), spoil) }));
  const tests = proofs.emit(plan, {}).map((file) => ({ ...file, text: render(file) }));
  for (const { path, text } of [...rules, ...tests]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const chosen = only === undefined ? [] : ["--run", only];
  const args = ["test", "rules", ...chosen, ...tests.map(({ path }) => path)];
  const { status, stdout, stderr } = await runPromtool(args, { cwd: dir });
  return { status, output: `${stdout}${stderr}` };
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
