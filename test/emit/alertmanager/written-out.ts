/** The Alertmanager target's files in a folder of their own, as a deployment would find them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Plan } from "../../../src/compile/plan.ts";
import { alertmanager } from "../../../src/emit/alertmanager.ts";
import { render } from "../../../src/emit/artifact.ts";

/** Text of each file by its path within `alertmanager/`. */
export function rendered(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    alertmanager.emit(plan, {}).map((each) => [each.path.replace("alertmanager/", ""), render(each)]),
  );
}

/** The folder of `alertmanager.yaml`; gone when the test ends. */
export function writtenOut(plan: Plan): string {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-alertmanager-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(rendered(plan))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
