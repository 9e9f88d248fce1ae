/** What dashboards read of an SLO that has counted nothing yet: what was declared, and how much of the time it was evaluated. */
import { periodWords } from "../../model/period.ts";
import type { Policy, Slo } from "../../model/service.ts";
import { exact, printNumber, printPercent } from "../../promql/number.ts";
import { quote } from "../../promql/print-selector.ts";
import { HOUR } from "../../time/units.ts";
import type { Expectation, Sample } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";

/** @param atSeconds - Seconds since its first evaluation. */
export function declared(slo: Slo, atSeconds: number): Expectation[] {
  const own = { slo_service: slo.service, slo: slo.name };
  const expect = (query: string, labels: Labels, value: number): Expectation => {
    const samples: Sample[] = [{ labels: seriesName("", labels), value }];
    return { atSeconds, query, samples };
  };
  const which = `{slo=${quote(slo.name)}}`;
  return [
    expect(`sum without (sli_hash) (slo:info${which})`, { ...own, ...infoOf(slo) }, 1),
    expect(`max by (slo_service, slo) (slo:objective_ratio${which})`, own, exact(slo.objectivePercent / 100)),
    // This evaluation may be among those that it counts, or not yet.
    expect(`abs(slo:coverage_ratio${which} - ${coverageAfter(atSeconds, slo)}) < bool 0.01`, own, 1),
  ];
}

/** A change of what is counted shows in `sli_hash`, which only the rules know. */
function infoOf(slo: Slo): Labels {
  const groups = slo.objectives.map(({ match, objectivePercent }) => {
    const labels = Object.entries(match).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
    return `${labels.join(", ")}: ${printNumber(objectivePercent)}`;
  });
  const all = groups.join("; ");
  return {
    ...slo.labels,
    objective: printNumber(slo.objectivePercent),
    ...(groups.length === 0 ? {} : { objectives: all.length > 1024 ? `${groups.length} groups` : all }),
    window: slo.periods.map(periodWords).join("; "),
    owner: slo.owner,
    sli: slo.sli.kind,
    ...(slo.reviewBy === undefined ? {} : { review_by: slo.reviewBy }),
    ...(slo.policy === undefined ? {} : { policy: policyOf(slo.policy) }),
  };
}

function policyOf({ warnBelow, freezeAt }: Policy): string {
  const warn = warnBelow === undefined ? "" : `warn below ${printPercent(warnBelow)}, `;
  return `${warn}freeze at ${printPercent(freezeAt)}`;
}

/** Of six hours, or of a period that is shorter; no evaluation was missed. */
function coverageAfter(seconds: number, { windowSeconds, evaluationSeconds: every }: Slo): number {
  const asked = Math.min(6 * HOUR, windowSeconds) / every;
  const share = Math.min(asked, Math.floor(seconds / every) + 1) / asked;
  return Math.floor(share * 1000 + 0.5) / 1000;
}
