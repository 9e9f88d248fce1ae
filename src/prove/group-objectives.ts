/** Proofs that a group with an objective of its own alerts at its own threshold, and its neighbours at theirs. */
import { groupWords, tierWith } from "../compile/objectives.ts";
import type { TierPlan } from "../compile/plan.ts";
import type { GroupObjective } from "../model/service.ts";
import { fires, neverFired } from "./claims.ts";
import type { Proof } from "./proof.ts";
import { bad, groupNamed, judged, proof, type Subject, seriesOver } from "./subject.ts";
import { aroundThreshold } from "./thresholds.ts";

/** For every objective that raw series can show: around its threshold, and beside a group that has the SLO's own. */
export function ownObjectives(subject: Subject): Proof[] {
  if (subject.history.type === "gauge") return [];
  return subject.plan.slo.objectives.flatMap((objective) => {
    const listed = listedSubject(objective, subject);
    const tier = listed?.tiers.find(({ longSeconds }) => longSeconds <= 3600);
    if (!listed || !tier) return [];
    const around = aroundThreshold(tier, listed).map((one) => ({
      ...one,
      scenario: `${one.scenario}, ${groupWords(objective)}`,
      name: `${one.name}, for ${groupWords(objective)}`,
    }));
    return [...around, ...sideBySide(objective, tier, listed, subject)];
  });
}

/** The same SLO with the one group that the objective matches; undefined where the selector fixes another value. */
function listedSubject({ match, errorBudget }: GroupObjective, subject: Subject): Subject | undefined {
  const { plan, history, tiers } = subject;
  const fixed = history.series[0]?.labels ?? {};
  if (Object.entries(match).some(([label, value]) => fixed[label] !== undefined && fixed[label] !== value))
    return undefined;
  const group = { ...groupNamed("a", plan.groupLabels, fixed), ...match };
  return { ...subject, groups: [group], tiers: tiers.map((tier) => tierWith(tier, errorBudget, plan.slo)) };
}

/** At an error ratio between the two thresholds one group alerts and the other does not. */
function sideBySide(objective: GroupObjective, own: TierPlan, listed: Subject, subject: Subject): Proof[] {
  const { plan } = subject;
  const usual = subject.tiers.find(({ name }) => name === own.name);
  if (!usual || usual.threshold === own.threshold || plan.slo.objectives.length === 0) return [];
  const phases = [bad(own.longSeconds + own.forSeconds, Math.sqrt(own.threshold * usual.threshold))];
  const [loud, quiet] = own.threshold < usual.threshold ? [listed, subject] : [subject, listed];
  const tier = own.threshold < usual.threshold ? own : usual;
  const { verdicts, everySeconds } = judged(tier, phases, loud);
  const rise = verdicts.indexOf("firing");
  if (rise < 0) return [];
  const last = (verdicts.length - 1) * everySeconds;
  const silent = quiet.groups.map((group) => neverFired(plan, own.name, last, group));
  const claims = [fires(plan, own.name, loud.groups, rise * everySeconds), ...silent];
  const name = `between two thresholds of ${own.name} only the stricter objective alerts`;
  const one = proof(`beside ${groupWords(objective)}`, name, phases, claims, loud);
  return [{ ...one, input: [...one.input, ...seriesOver(phases, quiet)] }];
}
