/** One SLO to its plan. */
import type { Issue } from "../../issue.ts";
import type { Platform, Slo } from "../../model/service.ts";
import { kindOf } from "../../sli/index.ts";
import { sloLink } from "../annotations/dashboard-links.ts";
import { fitGroups } from "../fit-groups.ts";
import type { Keep } from "../keep.ts";
import { type SloPlan, withAlerts } from "../plan.ts";
import { resolveTiers } from "../tiers/tiers.ts";
import type { SloContext } from "./alert.ts";
import { queries } from "./alerts/queries.ts";
import { budgetedWords } from "./counted-words.ts";
import { measureSlo } from "./measure-slo.ts";
import { ruleGroups } from "./rule-groups.ts";
import { countedEvery, countedPart } from "./windows/counted.ts";

/** Other SLOs that the rules of one read. */
export interface Others {
  /** Of a composite: what it is made of. */
  readonly components: readonly Slo[];
  /** What it depends on. */
  readonly upstreams: readonly Slo[];
}

export function compileSlo(
  slo: Slo,
  platform: Platform,
  { components, upstreams }: Others,
  keep: Keep,
): { plan: SloPlan; issues: readonly Issue[] } {
  const { tiers, dropped, issues } = resolveTiers(slo);
  const { counts, measurement } = measured(slo, platform, components);
  const context: SloContext = { slo, platform, measurement, tiers, upstreams };
  const rules = keep(() =>
    withAlerts(ruleGroups(counts, context).flatMap((each) => fitGroups(each, platform.ruler.rulesPerGroup))),
  );
  const asked = keep(() => queries(context));
  const plan: SloPlan = {
    slo,
    groupLabels: measurement.groupLabels,
    get groups() {
      return rules().groups;
    },
    get alerts() {
      return rules().alerts;
    },
    measurement,
    tiers,
    dropped,
    get queries() {
      return asked();
    },
    links: { runbook: slo.runbook, dashboard: sloLink(slo, platform) },
    words: budgetedWords(slo.budgeting, kindOf(slo.sli).words(slo.sli)),
  };
  return { plan, issues };
}

/** What its kind counts, and how: the kind has the last word on what is recorded, and how often. */
function measured(slo: Slo, platform: Platform, components: readonly Slo[]) {
  const good = components.filter((each) => recordsGood(each, platform)).map(({ id }) => id);
  const measurement = measureSlo(slo, platform, good);
  const counts = kindOf(slo.sli).counts(slo.sli, measurement.base);
  const [part, totalEverySeconds] = [countedPart(slo, counts), countedEvery(slo, counts)];
  return { counts, measurement: { ...measurement, part, totalEverySeconds } };
}

function recordsGood(slo: Slo, platform: Platform): boolean {
  return countedPart(slo, kindOf(slo.sli).counts(slo.sli, measureSlo(slo, platform).base)) === "good";
}
