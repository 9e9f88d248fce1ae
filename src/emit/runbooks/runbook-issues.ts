/** What is wrong with runbooks once they are written: links that lead nowhere, partials of nothing, a first screen too long. */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { holdsCredential } from "../../parse/read/credentials.ts";
import { runbooks } from "../runbooks.ts";
import type { Templates } from "../target.ts";
import { anchorsOf, isRelative, linksOf, resolveLink } from "./markdown/markdown-links.ts";
import { type DeclaredUrl, publishedPages, runbookUrls } from "./markdown/published.ts";
import { PARTIALS, partialNames } from "./partials.ts";

/** What a screen shows. */
const FIRST_SCREEN = 40;

/** Issues of all runbooks. Without partials only the addresses that were declared can be wrong. */
export function runbookIssues(plan: Plan, templates: Templates): Issue[] {
  const partials = Object.entries(templates).filter(([key]) => key.startsWith(PARTIALS));
  const declared = runbookUrls(plan);
  const nothing = partials.length === 0 && declared.length === 0;
  // Without a template no page is written.
  if (nothing || templates["runbook.md"] === undefined) return [];
  const texts = new Map(runbooks.emit(plan, templates).map(({ path, value }) => [path, String(value)]));
  const published = publishedPages(plan);
  return [
    ...[...texts].flatMap(([path, text]) => brokenLinks(path, text, texts)),
    ...declared.flatMap((each) => brokenUrl(each, published, texts)),
    ...partials.flatMap(([key, text]) => partialIssues(key.slice(PARTIALS.length), text, plan)),
    ...[...texts].flatMap(([path, text]) => tooLong(path, text)),
  ];
}

function brokenLinks(path: string, text: string, texts: ReadonlyMap<string, string>): Issue[] {
  return linksOf(text)
    .filter(isRelative)
    .flatMap((link) => {
      const { file, anchor } = resolveLink(path, link);
      const target = texts.get(file);
      if (target === undefined) return [broken([path], `its link \`${link}\` leads to ${file}, which is not written.`)];
      if (anchor === "" || anchorsOf(target).has(anchor)) return [];
      return [broken([path], `its link \`${link}\` leads to no heading of ${file}.`)];
    });
}

/** An address below the place where the service's runbooks are published, of which it is known what is there. */
function brokenUrl(
  { url, base, path, source }: DeclaredUrl,
  published: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, string>,
): Issue[] {
  const [page = "", anchor = ""] = url.split("#");
  if (base === undefined || !page.startsWith(base)) return [];
  const text = texts.get(published.get(page) ?? "");
  if (text === undefined) return [broken(path, `nothing that is generated is published at ${page}.`, source)];
  return anchor === "" || anchorsOf(text).has(anchor)
    ? []
    : [broken(path, `${page} has no heading #${anchor}.`, source)];
}

function broken(path: Issue["path"], message: string, source?: Issue["source"]): Issue {
  const hint =
    "Correct the link. What a heading is called stands in the generated page; a page of your own has its whole URL.";
  return issue("broken-link", path, message, hint, source);
}

function partialIssues(name: string, text: string, plan: Plan): Issue[] {
  const path = [`runbooks/${name}.md`];
  const unused = partialsThatCount(plan).has(name) ? [] : [unusedPartial(path)];
  return holdsCredential(text) ? [...unused, credentialIssue(path)] : unused;
}

function partialsThatCount({ services }: Plan): Set<string> {
  const slos = services.flatMap((each) => each.slos.map(({ slo }) => ({ ...slo, kind: slo.sli.kind })));
  const budgets = services.flatMap((each) => each.budgets.map(({ budget }) => budget));
  const experiments = services.flatMap((each) => each.experiments.map(({ experiment }) => experiment));
  const all = [...slos, ...budgets, ...experiments.map((each) => ({ ...each, kind: "experiment" }))];
  return new Set(all.flatMap(partialNames));
}

function unusedPartial(path: string[]): Issue {
  return issue(
    "partial-unused",
    path,
    "it is a partial of no service, SLO, budget, experiment or kind, so no runbook shows it.",
    "Name it as what it is about: `<service>.md`, `<service>/<slo>.md`, `_kinds/<kind>.md`.",
  );
}

function credentialIssue(path: string[]): Issue {
  return issue(
    "credential-in-url",
    path,
    "it gives a credential away.",
    "Leave it out, and change it if it was ever committed: runbooks are published.",
  );
}

function tooLong(path: string, text: string): Issue[] {
  const lines = text.split("\n").indexOf("## More");
  if (lines <= FIRST_SCREEN) return [];
  return [
    issue(
      "runbook-long",
      [path],
      `its first screen has ${lines} lines, and a screen shows ${FIRST_SCREEN}.`,
      "Shorten the partials: what helps at night in a few lines, and a link to the rest.",
    ),
  ];
}
