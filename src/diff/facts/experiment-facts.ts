/** What a reviewer wants to know of an experiment: who is compared with whom, by what, and when it alerts. */

import { hash } from "../../compile/hash.ts";
import type { ExperimentPlan, Plan } from "../../compile/plan.ts";
import { worseWords } from "../../explain/experiment.ts";
import type { Experiment } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { kindOf } from "../../sli/index.ts";
import type { Subject } from "../subject.ts";
import { code } from "../words.ts";
import { alertFacts, audienceFacts, costFacts } from "./alert-facts.ts";
import { detail, type Fact, mainFact } from "./fact.ts";
import { otherFacts } from "./value-words.ts";

/** The experiment as something that can change. */
export function experimentSubject({ platform }: Plan, experimentPlan: ExperimentPlan): Subject {
  const { experiment, groupLabels, alerts, groups } = experimentPlan;
  return {
    type: "experiment",
    id: experiment.id,
    service: experiment.service,
    owner: experiment.owner,
    formerly: [],
    counts: JSON.stringify([experiment.slis, experiment.cost]),
    parts: partsOf(experiment),
    groupLabels,
    memory: { kind: "rolling", seconds: experiment.windowSeconds },
    facts: [
      mainFact("baseline", "against", experiment.baseline, experiment.baseline || '""'),
      mainFact("windowSeconds", "over", experiment.windowSeconds, printSeconds(experiment.windowSeconds)),
      ...comparisonFacts(experiment),
      ...audienceFacts(alerts, experiment.owner, platform),
      ...alertFacts(alerts),
      ...costFacts({ groups, slo: experiment }),
      ...otherFacts(experiment, SHOWN),
    ],
    alerts,
    groups,
  };
}

const SHOWN = [
  ...["id", "service", "name", "owner", "path", "source"],
  "label",
  "baseline",
  "variants",
  "windowSeconds",
  "minSample",
  "sigma",
  "atLeast",
  "forSeconds",
  "slis",
];

function partsOf({ slis, cost }: Experiment): Map<string, string> {
  const all = slis.map(({ name, sli }): [string, string] => [code(name), JSON.stringify(sli)]);
  return new Map([...all, ...(cost ? [["the cost", JSON.stringify(cost)] as const] : [])]);
}

/** Who is compared, by what, and what alerts. */
function comparisonFacts(experiment: Experiment): Fact[] {
  const { label, variants, minSample, sigma, atLeast, forSeconds, slis } = experiment;
  const bound = { sigma, atLeast, forSeconds };
  return [
    mainFact("by", "by", label, label),
    mainFact("variants", "variants", variants ?? null, variants?.join(", ") ?? "all that are seen"),
    mainFact("minSample", "minimum sample", minSample, `${printNumber(minSample)} events`),
    mainFact("alertsAt", "alerts", bound, worseWords(experiment)),
    ...slis.flatMap(({ name, sli }) => [
      mainFact(`bad.${name}`, `bad for ${name}`, ...twice(kindOf(sli).words(sli).bad)),
      detail(`sliHash.${name}`, `what ${name} counts, as a hash`, ...twice(hash(JSON.stringify(sli)))),
    ]),
  ];
}

function twice(text: string): [string, string] {
  return [text, text];
}
