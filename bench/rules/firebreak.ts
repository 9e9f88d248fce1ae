/** Our own rules for an SLO, as `build()` makes them from a declaration: nothing here knows their form. */
import { basename, join } from "node:path";
import { definePlatform, defineService, events } from "firebreak";
import { build } from "../../src/build.ts";
import type { RuleGroup, SloPlan } from "../../src/compile/plan.ts";
import type { Artifact } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { hasErrors, printIssue } from "../../src/issue.ts";
import { print } from "../../src/promql/print.ts";
import { type Peer, WINDOWS, windowName } from "./peer.ts";
import { type RuleGroupText, writeRules } from "./rule-file.ts";
import { type BenchSlo, SERVICE, TOTAL } from "./slo.ts";

/** By how much readings are older than their evaluation. */
export const SETTLE_MS = 10_000;

/** `keep_firing_for` of pages. */
const KEPT = 300;

const PERIOD = 30 * 86_400;

/** @param probes - Windows that no rule records are recorded as well, in the group of the alert that reads them. */
export function firebreak(probes: boolean): Peer {
  return {
    name: "firebreak",
    settleMs: SETTLE_MS,
    rules: (folder, slos, everySeconds) => writeRuleFiles(folder, compile(slos, everySeconds), probes),
    windows: WINDOWS.map((window) => ({
      ...window,
      labels: ({ name }) => ({ __name__: ratioName(window.seconds), slo: name }),
    })),
    period: {
      seconds: PERIOD,
      labels: ({ name }) => ({ __name__: "slo:error_budget_remaining_ratio", slo: name }),
      ratio: (remaining, errorBudget) => (1 - remaining) * errorBudget,
    },
    alertOf: ({ name }) => ({ slo: name }),
    // By name too: the alerts of others have tiers.
    alerts: {
      "page-fast": { alertname: "SloBurnPageFast", tier: "page-fast" },
      "page-slow": { alertname: "SloBurnPageSlow", tier: "page-slow" },
      "ticket-fast": { alertname: "SloBurnTicketFast", tier: "ticket-fast" },
      "ticket-slow": { alertname: "SloBurnTicketSlow", tier: "ticket-slow" },
    },
    // As docs/rules.md says: a slow page after a fast one, and tickets after any page.
    toldBy: {
      "page-slow": { tiers: ["page-fast"], forSeconds: 1800 + KEPT },
      "ticket-fast": { tiers: ["page-fast", "page-slow"], forSeconds: 6 * 3600 + 240 },
      "ticket-slow": { tiers: ["page-fast", "page-slow"], forSeconds: 6 * 3600 + 240 },
    },
    keptSeconds: { "page-fast": KEPT, "page-slow": KEPT },
    periodOnly: ["slo:error_budget_remaining_ratio"],
  };
}

function ratioName(seconds: number): string {
  return `slo:error_ratio:rate${windowName(seconds)}`;
}

interface Compiled {
  readonly plans: readonly SloPlan[];
  readonly artifacts: readonly Artifact[];
}

function writeRuleFiles(folder: string, { plans, artifacts }: Compiled, probes: boolean): string[] {
  const missing = probes ? plans.flatMap(probesOf) : [];
  return artifacts.map((artifact) => {
    const { groups } = artifact.value as { groups: readonly RuleGroupText[] };
    return writeRules(
      join(folder, basename(artifact.path)),
      groups.map((group) => ({
        ...group,
        rules: [...group.rules, ...missing.filter(({ groupName }) => groupName === group.name).map(({ rule }) => rule)],
      })),
    );
  });
}

/** @throws {Error} where the declaration does not compile. */
function compile(slos: readonly BenchSlo[], everySeconds: number): Compiled {
  const { plan, artifacts, issues } = build({
    services: [declare(slos)],
    platform: definePlatform({
      scrapeInterval: `${everySeconds}s`,
      evaluationInterval: `${everySeconds}s`,
      settle: `${SETTLE_MS / 1000}s`,
      retention: "60d",
    }),
    templates: readTemplates(),
    targets: ["prometheus"],
  });
  if (hasErrors(issues) || plan === undefined) throw new Error(issues.map((issue) => printIssue(issue)).join("\n"));
  return {
    plans: plan.services.flatMap((service) => service.slos),
    artifacts: artifacts.filter(({ path }) => path.endsWith(".rules.yaml")),
  };
}

function declare(slos: readonly BenchSlo[]): ReturnType<typeof defineService> {
  return defineService({
    name: SERVICE,
    owner: slos[0]?.owner ?? "shop-team",
    runbooks: "https://runbooks.example.com/shop",
    slos: slos.map(({ name, bad, objective, groupBy }) => ({
      name,
      objective,
      window: "30d",
      ...(groupBy ? { groupBy: [...groupBy] } : {}),
      sli: events({ total: TOTAL, bad }),
    })),
  });
}

interface Probe {
  readonly groupName: string;
  readonly rule: object;
}

function probesOf(plan: SloPlan): Probe[] {
  const recorded = new Set(
    plan.groups.flatMap(({ rules }) => rules.map((rule) => ("record" in rule ? rule.record : ""))),
  );
  return WINDOWS.filter(({ seconds }) => !recorded.has(ratioName(seconds))).map(({ seconds }) => ({
    groupName: groupThatReads(plan, seconds).name,
    rule: {
      record: ratioName(seconds),
      expr: print(plan.queries.errorRatio(seconds)),
      labels: { slo_service: SERVICE, slo: plan.slo.name, probe: "true" },
    },
  }));
}

function groupThatReads({ groups, tiers }: SloPlan, seconds: number): RuleGroup {
  const tier = tiers.find(({ longSeconds, shortSeconds }) => longSeconds === seconds || shortSeconds === seconds);
  const found = groups.find(({ rules }) => rules.some((rule) => rule.type === "alert" && rule.alert === tier?.alert));
  if (found === undefined) throw new Error(`no alert reads ${windowName(seconds)}`);
  return found;
}
