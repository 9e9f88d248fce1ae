/** Loads the declarations and builds them: what every command starts with. */
import type { BuildResult } from "../build.ts";
import { hasErrors, sortIssues } from "../issue.ts";
import type { Flags } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The result of the build; without a plan where the declarations do not load.
 *
 * @param targets - Names of the targets to emit; all where there is none. Issues are the same for any.
 */
export async function evaluate(flags: Flags, terminal: Terminal, targets?: readonly string[]): Promise<BuildResult> {
  terminal.progress(`reading ${flags.slos}`);
  const { loadDeclarations } = await import("../io/load-declarations.ts");
  const { services, platform, issues } = await loadDeclarations(flags);
  if (hasErrors(issues)) return { plan: undefined, artifacts: [], waiting: [], issues: sortIssues(issues) };
  terminal.progress("compiling");
  const [{ build }, { readTemplates }] = await Promise.all([import("../build.ts"), import("../io/read-templates.ts")]);
  const input = { services, platform, templates: readTemplates() };
  return build(targets === undefined ? input : { ...input, targets });
}
