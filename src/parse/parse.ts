/**
 * Declarations to services: every problem of every one of them, and those services that have none.
 * Total: it throws on nothing that a module can export.
 */

import { sourceAt } from "../declare/call-site.ts";
import { type Issue, type IssuePath, issue, sortIssues } from "../issue.ts";
import { isRolling } from "../model/period.ts";
import type { Platform, Service } from "../model/service.ts";
import { parseService, type ReadService } from "./parse-service.ts";
import { parsePlatform, platformDoubts } from "./platform/platform.ts";
import { type Provisional, provisionalOf, type Repair } from "./provisional.ts";
import { duplicateProblems } from "./read/duplicates.ts";
import { isRecord, toPlainData } from "./read/plain-data.ts";
import { lostPresets } from "./read/preset-origin.ts";
import type { Problem } from "./read/read.ts";
import { dependencyProblems } from "./service/dependencies.ts";
import { emptyService } from "./service/empty-service.ts";
import { doubtsOf } from "./service/label-doubts.ts";
import { compositeProblems } from "./slo/composites.ts";

/** What the declarations mean. */
export interface Parsed {
  readonly platform: Platform;
  /** Only those without an error of their own. */
  readonly services: readonly Service[];
  /** The others, as far as they can be looked at. */
  readonly provisional: readonly Provisional[];
  /** What is too broken for that. */
  readonly waiting: readonly IssuePath[];
  /** Sorted: the same declarations always give the same list. */
  readonly issues: readonly Issue[];
}

/** Reads what `slos/index.ts` exports. Without a platform, the defaults hold. */
export function parse(input: { readonly services: unknown; readonly platform?: unknown }): Parsed {
  const plain = toPlainData(input);
  const declared = isRecord(plain) ? plain : {};
  const { platform, problems } = parsePlatform(declared.platform);
  const { list, issues } = listOf(declared.services);
  const read = list.map((service, index) => parseService(service, index, platform));
  const lost = lostPresets(list);
  const between = [
    ...duplicateProblems(list),
    ...dependencyProblems(list),
    ...compositeProblems(list, platform),
    ...lost.mistakes,
  ];
  const broken = repairAll(read, between, platform);
  return {
    platform,
    services: sound(read, between),
    provisional: broken.flatMap(({ provisional }) => provisional ?? []),
    waiting: broken.flatMap(({ waiting }) => waiting),
    issues: sortIssues([
      ...toIssues(problems, declared.platform, ["platform"]),
      ...(problems.some(({ path }) => path[0] === "retention")
        ? []
        : platformDoubts(platform, longestWindow(read), sourceAt(declared.platform, []))),
      ...issues,
      ...read.flatMap((service) =>
        toIssues([...service.problems, ...doubtsIn(service)], service.declared, service.root),
      ),
      ...[...between, ...lost.doubts].flatMap(({ service, problem }) =>
        toIssues([problem], list[service], read[service]?.root ?? []),
      ),
    ]),
  };
}

/** A service with mistakes may be empty because of them. */
function doubtsIn({ declared, problems }: ReadService): Problem[] {
  return [...(problems.length === 0 ? emptyService(declared) : []), ...doubtsOf(declared)];
}

function listOf(services: unknown): { list: readonly unknown[]; issues: Issue[] } {
  if (Array.isArray(services)) return { list: services, issues: services.length === 0 ? [noServices()] : [] };
  const [code, message] =
    services === undefined
      ? (["missing-field", "`services` is missing."] as const)
      : (["wrong-type", "`services` is not a list."] as const);
  return {
    list: [],
    issues: [issue(code, ["services"], message, "Write `export const services = [checkout, search]`.")],
  };
}

function noServices(): Issue {
  const hint = "Add the services that you have declared to the list, such as `export const services = [checkout]`.";
  return issue("nothing-declared", ["services"], "there is no service, so nothing is watched.", hint);
}

/** Calendar periods need no old samples. */
function longestWindow(read: readonly ReadService[]): number {
  const slos = read.flatMap(({ service }) => service?.slos ?? []);
  const periods = slos.flatMap((slo) => slo.periods.filter(isRolling));
  return Math.max(0, ...periods.map(({ seconds }) => seconds));
}

/** A problem between two services belongs to both; the one that names the other is left out. */
function sound(read: readonly ReadService[], between: readonly { readonly service: number }[]): Service[] {
  const blamed = new Set(between.map(({ service }) => service));
  return read.flatMap(({ service, problems }, index) =>
    service && problems.length === 0 && !blamed.has(index) ? [service] : [],
  );
}

function repairAll(
  read: readonly ReadService[],
  between: readonly { readonly service: number; readonly problem: Problem }[],
  platform: Platform,
): Repair[] {
  return read.flatMap((each, index) => {
    const more = between.filter(({ service }) => service === index).map(({ problem }) => problem);
    const problems = [...each.problems, ...more];
    return problems.length === 0 ? [] : [provisionalOf({ ...each, problems }, index, platform)];
  });
}

function toIssues(problems: readonly Problem[], declared: unknown, root: readonly (string | number)[]): Issue[] {
  return problems.map(({ code, path, message, hint }) =>
    issue(code, [...root, ...asWritten(path)], message, hint, sourceAt(declared, path)),
  );
}

/** A mistake in a preset's options travels with one of its SLOs; it was written in the call: `shop.vllm().thresholds`. */
function asWritten(path: IssuePath): IssuePath {
  const call = path.findIndex((key) => typeof key === "string" && key.endsWith("()"));
  return call === -1 ? path : path.slice(call);
}
