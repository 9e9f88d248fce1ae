/** Loads the declarations and builds them: what every command starts with. */
import type { BuildResult } from "../build.ts";
import { hasErrors, type Issue, sortIssues } from "../issue.ts";
import type { Flags } from "./arguments/flags.ts";
import type { Terminal } from "./print/terminal.ts";

/** What was built, and of what. */
export interface Evaluated extends BuildResult {
  /** As it was loaded; undefined where it does not load. */
  readonly declared?: { readonly services: unknown; readonly platform: unknown };
}

/**
 * Gives the result of the build; without a plan where the declarations do not load.
 * `targets` are the names of those to emit; all where there is none. What is not proven is reported only with the proofs.
 */
export type Evaluate = (flags: Flags, terminal: Terminal, targets?: readonly string[]) => Promise<Evaluated>;

/** Loads and builds. */
export const evaluate: Evaluate = async (flags, terminal, targets) => {
  terminal.progress(`reading ${flags.slos}`);
  const [{ loadDeclarations }, { noteDirectory }] = await Promise.all([
    import("../io/load/load-declarations.ts"),
    import("../io/write/note-directory.ts"),
  ]);
  const { services, platform, issues } = await loadDeclarations(flags);
  if (hasErrors(issues)) return unbuilt(issues);
  terminal.progress("compiling");
  const [{ build }, { templatesFor }] = await Promise.all([import("../build.ts"), import("../io/read-templates.ts")]);
  const input = { services, platform, templates: templatesFor(services) };
  const goBack = noteDirectory();
  const result = build(targets === undefined ? input : { ...input, targets });
  goBack();
  return { ...result, declared: { services, platform } };
};

/** The result where nothing could be built. */
export function unbuilt(issues: readonly Issue[]): BuildResult {
  return { plan: undefined, artifacts: [], waiting: [], issues: sortIssues(issues) };
}
