/**
 * What the checks find in services that have other mistakes: as much as can be said of them already, so that people
 * see everything at once.
 */
import { compile } from "../compile/compile.ts";
import type { Plan } from "../compile/plan.ts";
import { type Issue, type IssueCode, type IssuePath, printIssue } from "../issue.ts";
import type { Parsed } from "../parse/parse.ts";
import type { Provisional } from "../parse/provisional.ts";
import { receivers } from "./environment/receivers.ts";
import { runChecks } from "./index.ts";

/**
 * What is found in all services together. Receivers are held against the owners of services that have mistakes too, and
 * none is called unused while a service waits to be read.
 */
export function issuesOfAll(plan: Plan, parsed: Parsed): Issue[] {
  if (parsed.provisional.length === 0 && parsed.waiting.length === 0) return runChecks(plan);
  const alone = receivers.check(plan).map(printIssue);
  return [
    ...runChecks(plan).filter((fact) => !alone.includes(printIssue(fact))),
    ...receivers.check(withOwned(parsed)).filter(({ code }) => code !== "receiver-unused"),
    ...earlyIssues(parsed),
  ];
}

/** The sound services, and those others whose owner is known. */
function withOwned({ services, provisional, platform }: Parsed): Plan {
  const owned = provisional.filter(({ problems }) => !fieldsOf(problems, []).includes("owner"));
  return compile([...services, ...owned.map(({ service }) => service)], platform).plan;
}

/** Issues of provisional services that are true of what was declared. */
function earlyIssues({ services, provisional, platform }: Parsed): Issue[] {
  if (provisional.length === 0) return [];
  const all = [...services, ...provisional.map(({ service }) => service)];
  const { plan, issues } = compile(all, platform);
  const compiled = issues.filter(({ path }) => !services.some(({ name }) => name === path[0]));
  const looked = plan.services.filter(({ service }) => provisional.some((each) => each.service === service));
  return [...compiled, ...runChecks({ ...plan, services: looked })].filter((fact) =>
    provisional.some((each) => isTrueOf(fact, each)),
  );
}

/** What is found by the SLI, the window, the labels or the runbook alone, whatever else is wrong. */
const ALONE: readonly IssueCode[] = [
  "threshold-no-bucket",
  "threshold-off-list",
  "not-a-counter",
  "not-a-gauge",
  "wrong-scale",
  "same-as-total",
  "counted-twice",
  "outside-total",
  "bucket-misread",
  "not-a-rate",
  "buckets-unknown",
  "window-beyond-retention",
  "missing-runbook",
  "missing-label",
  "metric-name",
];

/** Of SLOs without a mistake everything is true; of others, what no field that is wrong takes part in. */
function isTrueOf({ code, path }: Issue, { root, problems }: Provisional): boolean {
  if (!root.every((key, index) => path[index] === key)) return false;
  const place = path.slice(root.length);
  const member = place[0] === "slos" ? place.slice(0, 2) : [];
  const [ofService, own] = [fieldsOf(problems, []), fieldsOf(problems, member)];
  if (member.length > 0 && ofService.length === 0 && own.length === 0) return true;
  return ALONE.includes(code) && ![...ofService, ...own].includes(theme(place[member.length]));
}

/** Fields in which there are problems: of an SLO, or of the service where no SLO is given. */
function fieldsOf(problems: Provisional["problems"], member: IssuePath): string[] {
  return problems
    .map(({ path }) => path)
    .filter((path) =>
      member.length === 0 ? !MEMBERS.includes(String(path[0])) : member.every((key, index) => path[index] === key),
    )
    .map((path) => theme(path[member.length]));
}

const MEMBERS: readonly string[] = ["slos", "budgets", "experiments"];

/** Fields that mean one thing together. */
function theme(field: string | number | undefined): string {
  if (field === "runbooks") return "runbook";
  return field === "alerting" ? "window" : String(field);
}
