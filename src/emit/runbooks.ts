/** Runbooks: a page per SLO, budget and experiment, for whoever was just woken. Prose is Handlebars; every number in it is computed. */
import Handlebars from "handlebars";
import { alertAnchor } from "../compile/annotations/alert-fields.ts";
import type { Emitted, Identity } from "./artifact.ts";
import { type BudgetRunbook, budgetRunbookOf } from "./runbooks/budget-runbook.ts";
import { type ExperimentRunbook, experimentRunbookOf } from "./runbooks/experiment-runbook.ts";
import { escapeMarkdown, escapeWords, linkTarget } from "./runbooks/markdown/markdown.ts";
import { partialOf } from "./runbooks/partials.ts";
import { runbookPath } from "./runbooks/paths.ts";
import type { LiveQuery } from "./runbooks/queries/live-query.ts";
import { addressesOf, definitions, liveLink, openQuery } from "./runbooks/queries/query-links.ts";
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
    const experiments = services.flatMap((service) =>
      service.experiments.map((experiment) => experimentRunbookOf(plan, experiment)),
    );
    return [
      ...pages(slos, "runbook.md", templates),
      ...pages(budgets, "budget-runbook.md", templates),
      ...pages(experiments, "experiment-runbook.md", templates),
    ];
  },
};

type Page = Runbook | BudgetRunbook | ExperimentRunbook;

/** Pages of one template. A template that nothing needs may be missing. */
function pages<P extends Page>(values: readonly P[], template: string, templates: Templates): Emitted[] {
  if (values.length === 0) return [];
  const write = compileTemplate<P & Completed>(template, templates);
  return values.map((value) => {
    const addresses = addressesOf(queriesOf(value));
    const partial = partialOf({ ...value, name: nameOf(value) }, templates);
    return { ...identityOf(value), format: "text", value: write({ ...value, addresses, partial }) };
  });
}

function identityOf(page: Page): Identity & { readonly path: string } {
  const name = nameOf(page);
  return { kind: "runbook", service: page.service, name, path: runbookPath(page.service, name) };
}

function nameOf(page: Page): string {
  return "slo" in page ? page.slo : page.name;
}

function queriesOf(page: Page): readonly LiveQuery[] {
  if ("alert" in page) return page.look;
  const below =
    "slo" in page ? [...page.newest, ...asked(page.checks), ...page.queries, ...page.rawQueries] : page.queries;
  return [...page.look, ...page.where, ...below];
}

function asked(checks: Runbook["checks"]): LiveQuery[] {
  return checks.flatMap(({ query }) => query ?? []);
}

/** A page with the addresses of its queries, and the user's own words. */
interface Completed {
  readonly addresses: readonly string[];
  /** Markdown. */
  readonly partial: string | undefined;
}

/** Strict: a misspelt name in the template is an error, not an empty place in a runbook. */
function compileTemplate<P>(name: string, templates: Templates): (page: P) => string {
  const text = templates[name];
  if (text === undefined)
    throw new Error(`There is no template ${name}: templates/${name}.hbs is missing from this package.`);
  // Escaping is for Markdown, by these helpers; Handlebars' own is for HTML.
  const engine = Handlebars.create();
  engine.registerHelper({
    text: escapeMarkdown,
    words: escapeWords,
    url: linkTarget,
    live: liveLink,
    open: openQuery,
    definitions,
    anchor: alertAnchor,
  });
  return engine.compile<P>(text, { noEscape: true, strict: true });
}
