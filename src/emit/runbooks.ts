/** Runbooks: a page per SLO, for whoever was just woken. Prose is Handlebars; every number in it is computed. */
import Handlebars from "handlebars";
import type { Artifact } from "./artifact.ts";
import { codeBlock, escapeMarkdown, escapeWords, linkTarget } from "./runbooks/markdown.ts";
import { type Runbook, runbookOf } from "./runbooks/runbook.ts";
import type { Target, Templates } from "./target.ts";

/** Its text is `templates/runbook.md.hbs`. */
const TEMPLATE = "runbook.md";

export const runbooks: Target = {
  name: "runbooks",
  emit: (plan, templates) => {
    const write = compileTemplate(templates);
    return plan.services.flatMap((service) =>
      service.slos.map((slo) => artifact(runbookOf(plan, service, slo), write)),
    );
  },
};

/** Where the runbook of an SLO is, relative to the output. */
export function runbookPath(service: string, slo: string): string {
  return `runbooks/${service}/${slo}.md`;
}

function artifact(runbook: Runbook, write: (runbook: Runbook) => string): Artifact {
  return { path: runbookPath(runbook.service, runbook.slo), format: "text", value: write(runbook) };
}

function ordinal(index: number): number {
  return index + 1;
}

/** Strict: a misspelt name in the template is an error, not an empty place in a runbook. */
function compileTemplate(templates: Templates): (runbook: Runbook) => string {
  const text = templates[TEMPLATE];
  if (text === undefined)
    throw new Error(`There is no template ${TEMPLATE}: templates/${TEMPLATE}.hbs is missing from this package.`);
  // Escaping is for Markdown, by these helpers; Handlebars' own is for HTML.
  const engine = Handlebars.create();
  engine.registerHelper({ text: escapeMarkdown, words: escapeWords, url: linkTarget, code: codeBlock, ordinal });
  return engine.compile<Runbook>(text, { noEscape: true, strict: true });
}
