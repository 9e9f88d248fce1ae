/** Partials: Markdown of the user's own that a runbook shows before everything else that helps. */
import type { Templates } from "../target.ts";

/** How the keys of partials begin among the templates; then comes their path without `.md`. */
export const PARTIALS = "partials/";
/** The folder of what is true of a kind: no service can have its name. */
const KINDS = "_kinds";

/** Whose page it is. */
export interface PageOf {
  readonly service: string;
  readonly name: string;
  /** Of its SLI; `spend`, `tokens` or `experiment`. */
  readonly kind: string;
}

/** The partials of a page, the most specific first; undefined where there is none. */
export function partialOf(page: PageOf, templates: Templates): string | undefined {
  const found = partialNames(page).flatMap((name) => templates[`${PARTIALS}${name}`] ?? []);
  const texts = found.map((text) => text.replaceAll("\r", "").trim()).filter((text) => text !== "");
  return texts.length === 0 ? undefined : texts.join("\n\n");
}

/** What the partials of a page are called. */
export function partialNames({ service, name, kind }: PageOf): string[] {
  return [`${service}/${name}`, service, `${KINDS}/${kind}`];
}
