/** Runbooks: a page per SLO and per budget, for whoever was just woken. Prose is Handlebars; every number in it is computed. */
import Handlebars from "handlebars";
import type { Plan, ServicePlan } from "../compile/plan.ts";
import type { Artifact } from "./artifact.ts";
import { type BudgetRunbook, budgetRunbookOf } from "./runbooks/budget-runbook.ts";
import { codeBlock, escapeMarkdown, escapeWords, linkTarget } from "./runbooks/markdown.ts";
import { type Runbook, runbookOf } from "./runbooks/runbook.ts";
import type { Target, Templates } from "./target.ts";

export const runbooks: Target = {
  name: "runbooks",
  emit: (plan, templates) => [
    ...pages(
      plan,
      (service) => service.slos,
      (service, slo) => runbookOf(plan, service, slo),
      "runbook.md",
      templates,
    ),
    ...pages(
      plan,
      (service) => service.budgets,
      (_, budget) => budgetRunbookOf(plan, budget),
      "budget-runbook.md",
      templates,
    ),
  ],
};

/** Where the runbook of an SLO or budget is, relative to the output. */
export function runbookPath(service: string, name: string): string {
  return `runbooks/${service}/${name}.md`;
}

/** One page of each, by one template. A template that nothing needs may be missing. */
function pages<Of, Page extends Runbook | BudgetRunbook>(
  plan: Plan,
  all: (service: ServicePlan) => readonly Of[],
  page: (service: ServicePlan, of: Of) => Page,
  template: string,
  templates: Templates,
): Artifact[] {
  const values = plan.services.flatMap((service) => all(service).map((of) => page(service, of)));
  if (values.length === 0) return [];
  const write = compileTemplate<Page>(template, templates);
  return values.map((value) => ({ path: pathOf(value), format: "text", value: write(value) }));
}

function pathOf(page: Runbook | BudgetRunbook): string {
  return runbookPath(page.service, "slo" in page ? page.slo : page.name);
}

function ordinal(index: number): number {
  return index + 1;
}

/** Strict: a misspelt name in the template is an error, not an empty place in a runbook. */
function compileTemplate<Page>(name: string, templates: Templates): (page: Page) => string {
  const text = templates[name];
  if (text === undefined)
    throw new Error(`There is no template ${name}: templates/${name}.hbs is missing from this package.`);
  // Escaping is for Markdown, by these helpers; Handlebars' own is for HTML.
  const engine = Handlebars.create();
  engine.registerHelper({ text: escapeMarkdown, words: escapeWords, url: linkTarget, code: codeBlock, ordinal });
  return engine.compile<Page>(text, { noEscape: true, strict: true });
}
