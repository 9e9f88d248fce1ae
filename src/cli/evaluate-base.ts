/** Builds what declarations are compared with: where it cannot, it says so. */
import type { BuildResult } from "../build.ts";
import type { Plan } from "../compile/plan.ts";
import type { Base } from "../io/open-base.ts";
import type { Issue } from "../issue.ts";
import type { Flags, Input } from "./command.ts";
import type { Evaluate } from "./evaluate.ts";
import type { Terminal } from "./print/terminal.ts";

export type BaseResult =
  | { readonly kind: "built"; readonly plan: Plan }
  /** There is no such base. */
  | { readonly kind: "none"; readonly issue: Issue }
  /** Its declarations do not compile. */
  | { readonly kind: "broken"; readonly result: BuildResult };

/** Its plan, without anything in it where it has no declarations. `after` is the plan to compare with. */
export async function evaluateBase(
  { flags, operands: [name = ""] }: Input,
  terminal: Terminal,
  { after, evaluate }: { readonly after: Plan; readonly evaluate: Evaluate },
): Promise<BaseResult> {
  const { openBase } = await import("../io/open-base.ts");
  terminal.progress(`reading ${name}`);
  const base = openBase(name, flags);
  if ("code" in base) return { kind: "none", issue: base };
  try {
    if (base.missing === undefined) return resultOf(await evaluateThere(base, flags, { terminal, evaluate }));
    terminal.note(`${name} has no ${base.missing}: everything is new.`);
    return { kind: "built", plan: { platform: after.platform, services: [] } };
  } finally {
    base.close();
  }
}

function resultOf(result: BuildResult): BaseResult {
  return result.plan === undefined ? { kind: "broken", result } : { kind: "built", plan: result.plan };
}

interface Surroundings {
  readonly terminal: Terminal;
  readonly evaluate: Evaluate;
}

/** In the base's own folder: declarations may read files, and issues name theirs from there. */
async function evaluateThere(
  { directory, files }: Base,
  flags: Flags,
  { terminal, evaluate }: Surroundings,
): Promise<BuildResult> {
  const here = process.cwd();
  process.chdir(directory);
  try {
    return await evaluate({ ...flags, ...files, platform: files.platform }, terminal, []);
  } finally {
    process.chdir(here);
  }
}
