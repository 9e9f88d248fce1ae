/** Building without the command line: for a script, or for a test of your own. */
import { build as buildWith } from "./build.ts";
import { render } from "./emit/artifact.ts";
import { templatesFor } from "./io/read-templates.ts";
import type { Issue } from "./issue.ts";

/** What `slos/index.ts` exports. */
export interface Declarations {
  /** The services, as `defineService` gives them. */
  readonly services: readonly unknown[];
  /** The environment, as `definePlatform` gives it. Default: that of `definePlatform({})`. */
  readonly platform?: unknown;
}

/** What declarations become. */
export interface Build {
  /** Every problem found, errors and warnings, in a stable order. */
  readonly issues: readonly Issue[];
  /** The files of `generated/`, by path. Empty where an issue has the level `error`. */
  readonly files: readonly GeneratedFile[];
}

/** One file, as `firebreak build` writes it. */
export interface GeneratedFile {
  /** Relative to `generated/`, with `/` between its parts: `prometheus/shop.rules.yaml`. */
  readonly path: string;
  /** Its content, with a line end at the end. */
  readonly text: string;
}

/**
 * The issues and files of some declarations. Writes nothing, and throws on no mistake in them: a mistake is an issue.
 *
 * @example build({ services: [defineService({ name: "shop", owner: "payments", slos: [] })] }).issues
 */
export function build({ services, platform }: Declarations): Build {
  const { issues, artifacts } = buildWith({ services, platform, templates: templatesFor(services) });
  return { issues, files: artifacts.map((artifact) => ({ path: artifact.path, text: render(artifact) })) };
}
