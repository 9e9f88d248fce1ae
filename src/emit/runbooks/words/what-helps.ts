/** What helps against the burn of an SLO: what stops the harm, what to look at, and whom else it is about. */
import type { Plan, ServicePlan, SloPlan } from "../../../compile/plan.ts";
import type { Slo } from "../../../model/service.ts";
import { componentsOf, kindOf } from "../../../sli/index.ts";
import { escapeMarkdown, escapeWords } from "../markdown/markdown.ts";
import { type LiveQuery, liveText } from "../queries/live-query.ts";
import { type Check, changesOf, checksOf, mitigationOf } from "./first-checks.ts";
import { knownHarm } from "./known-harm.ts";

export interface WhatHelps {
  /** What holds its alerts back while it burns. */
  readonly dependsOn: readonly Neighbour[];
  /** What a composite is made of. */
  readonly components: readonly Neighbour[];
  readonly mitigation: string;
  readonly checks: readonly ShownCheck[];
  /** General ones, below the fold where there are others above it. */
  readonly furtherChecks: readonly ShownCheck[];
  /** What was released or switched on last, as a question. */
  readonly changes: string;
  /** Names of the service's budgets of money and tokens. */
  readonly spendBudgets: readonly string[];
}

/** A check in Markdown. */
interface ShownCheck {
  readonly what: string;
  readonly how: string | undefined;
  readonly query: LiveQuery | undefined;
}

/** Another SLO, its runbook and, where it is declared here, whose it is. */
interface Neighbour {
  readonly id: string;
  readonly path: string;
  readonly owner: string | undefined;
}

export function whatHelps(plan: Plan, service: ServicePlan, sloPlan: SloPlan): WhatHelps {
  const { slo } = sloPlan;
  const words = kindOf(slo.sli).words(slo.sli);
  const { symptom } = words;
  const harm = knownHarm(words);
  const neighbours = (ids: readonly string[]) => ids.map((id) => neighbourOf(id, plan));
  return {
    dependsOn: neighbours(slo.dependsOn),
    components: neighbours(componentsOf(slo.sli).map(({ slo: id }) => id)),
    mitigation: harm?.mitigation ?? mitigationOf(symptom, service.service.ai),
    ...shownChecks(harm?.checks ?? checksOf(symptom, service.service.ai), slo, plan),
    changes: changesOf(symptom, service.service.ai),
    spendBudgets: service.budgets.map(({ budget }) => budget.name),
  };
}

function neighbourOf(id: string, { services }: Plan): Neighbour {
  const found = services.flatMap(({ slos }) => slos).find(({ slo }) => slo.id === id);
  return { id, path: `../${id}.md`, owner: found?.slo.owner };
}

function shownChecks(general: readonly Check[], { checks }: Slo, { platform }: Plan) {
  const others = general.map((check) => ({ ...check, query: undefined }));
  if (checks.length === 0) return { checks: others, furtherChecks: [] };
  const own = checks.map(({ what, how, query }) => ({
    what: escapeMarkdown(what),
    how: how === undefined ? undefined : escapeWords(how),
    query: query === undefined ? undefined : liveText(what, query, platform),
  }));
  return { checks: own, furtherChecks: others };
}
