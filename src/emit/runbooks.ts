/** Runbooks: a page per SLO, budget and experiment, for whoever was just woken. Prose is Handlebars; every number in it is computed. */
import Handlebars from "handlebars";
import type { Artifact } from "./artifact.ts";
import { type BudgetRunbook, budgetRunbookOf } from "./runbooks/budget-runbook.ts";
import { type ExperimentRunbook, experimentRunbookOf } from "./runbooks/experiment-runbook.ts";
import { codeBlock, escapeMarkdown, escapeWords, linkTarget } from "./runbooks/markdown.ts";
import { type Runbook, runbookOf } from "./runbooks/runbook.ts";
import type { Target, Templates } from "./target.ts";

export const runbooks: Target = {
  name: "runbooks",
  files: /^runbooks\//,
  emit: (plan, templates) => {
    const { services } = plan;
    const slos = services.flatMap((service) => service.slos.map((slo) => runbookOf(plan, service, slo)));
    const budgets = services.flatMap((service) =>
      service.budgets.map((budget) => budgetRunbookOf(plan, service, budget)),
    );
    const experiments = services.flatMap((service) => service.experiments.map(experimentRunbookOf));
    return [
      ...pages(slos, "runbook.md", templates),
      ...pages(budgets, "budget-runbook.md", templates),
      ...pages(experiments, "experiment-runbook.md", templates),
    ];
  },
};

type Page = Runbook | BudgetRunbook | ExperimentRunbook;

/** Where the runbook of an SLO, budget or experiment is, relative to the output. */
export function runbookPath(service: string, name: string): string {
  return `runbooks/${service}/${name}.md`;
}

/** Pages of one template. A template that nothing needs may be missing. */
function pages<P extends Page>(values: readonly P[], template: string, templates: Templates): Artifact[] {
  if (values.length === 0) return [];
  const write = compileTemplate<P>(template, templates);
  return values.map((value) => ({ path: pathOf(value), format: "text", value: write(value) }));
}

function pathOf(page: Page): string {
  return runbookPath(page.service, "slo" in page ? page.slo : page.name);
}

function ordinal(index: number): number {
  return index + 1;
}

/** Strict: a misspelt name in the template is an error, not an empty place in a runbook. */
function compileTemplate<P>(name: string, templates: Templates): (page: P) => string {
  const text = templates[name];
  if (text === undefined)
    throw new Error(`There is no template ${name}: templates/${name}.hbs is missing from this package.`);
  // Escaping is for Markdown, by these helpers; Handlebars' own is for HTML.
  const engine = Handlebars.create();
  engine.registerHelper({ text: escapeMarkdown, words: escapeWords, url: linkTarget, code: codeBlock, ordinal });
  return engine.compile<P>(text, { noEscape: true, strict: true });
}
