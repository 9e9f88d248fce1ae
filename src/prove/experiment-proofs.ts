/**
 * Proofs of experiments, from a recorded base: a variant that is truly worse is told in time and for itself; noise, small
 * samples, what passes, what does not matter and what is better tell nobody.
 */
import { experimentLabels, experimentRecords, VERDICTS } from "../compile/experiment/names.ts";
import type { ExperimentPlan } from "../compile/plan.ts";
import { selector } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import type { Verdict } from "./alert-oracle.ts";
import { type Trial, trialsOf } from "./experiment-histories.ts";
import { type Counts, judgeExperiment, sigmasAt, verdictAt } from "./experiment-oracle.ts";
import { isComparisonProvable } from "./limits.ts";
import type { Claim, Proof } from "./proof.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";

type Labels = Readonly<Record<string, string>>;

/** The proofs of one experiment; none where it must hold for longer than promtool takes. */
export function proveExperiment(plan: ExperimentPlan): Proof[] {
  const { experiment, measure } = plan;
  if (!isComparisonProvable(measure)) return [];
  return trialsOf(experiment, measure.compareSeconds).map((trial) => ({
    scenario: trial.name,
    name: `${experiment.id}: ${trial.name}`,
    everySeconds: measure.compareSeconds,
    input: inputOf(plan, trial),
    claims: [...alertClaims(plan, trial), ...lookedAt(plan, trial).flatMap((index) => answers(plan, trial, index))],
  }));
}

/** Who takes part: the variant on trial, and where others may, one that does as the baseline does. */
function groupsOf({ experiment }: ExperimentPlan) {
  const { baseline, variants } = experiment;
  const strangers = ["one", "two", "three", "four", "five"].filter((value) => value !== baseline);
  const [tried = "one", alike] = variants ?? strangers;
  const outside = variants && strangers.find((value) => !variants.includes(value));
  return { baseline, tried, alike, outside };
}

/** The same in every measurement. Elsewhere (another cluster) nobody differs. Who is not named may do as it likes. */
function inputOf(plan: ExperimentPlan, { compared }: Trial): InputSeries[] {
  const { baseline, tried, alike, outside } = groupsOf(plan);
  const awful = compared.baseline.map(({ total }) => ({ total, bad: total }));
  const [here, elsewhere] = placesOf(plan);
  const groups: readonly (readonly [Labels, string | undefined, readonly Counts[]])[] = [
    [here, baseline, compared.baseline],
    [here, tried, compared.variant],
    [here, alike, compared.baseline],
    [here, outside, awful],
    ...(elsewhere ? ([baseline, tried].map((value) => [elsewhere, value, compared.baseline]) as []) : []),
  ];
  return groups.flatMap(([place, value, counts]) =>
    value === undefined ? [] : seriesOf(plan, { place, value, counts }),
  );
}

interface Group {
  readonly place: Labels;
  readonly value: string;
  readonly counts: readonly Counts[];
}

function seriesOf({ experiment }: ExperimentPlan, { place, value, counts }: Group): InputSeries[] {
  const values = (part: keyof Counts): string => `_ ${runs(counts.slice(1).map((each) => each[part]))}`;
  return experiment.slis.flatMap(({ name }) => {
    const labels = { ...experimentLabels(experiment), ...place, sli: name, [experiment.label]: value };
    return [
      { series: seriesName(experimentRecords.total, labels), values: values("total") },
      { series: seriesName(experimentRecords.bad, labels), values: values("bad") },
    ];
  });
}

function placesOf({ measure }: ExperimentPlan): readonly [Labels, Labels?] {
  const { identity } = measure.base;
  const at = (value: string): Labels => Object.fromEntries(identity.map((label) => [label, value]));
  return identity.length === 0 ? [{}] : [at("here"), at("elsewhere")];
}

/** Around the rise and the fall of what is told, or that nobody ever was. */
function alertClaims(plan: ExperimentPlan, { compared, told }: Trial): Claim[] {
  const { verdicts, everySeconds } = judgeExperiment(plan.experiment, compared);
  const alert = alertOf(plan);
  const alerts = print(selector("ALERTS", { ...alert, alertstate: "firing" }));
  const never = `count_over_time(${alerts}[${printSeconds(verdicts.length * everySeconds)}])`;
  if (!told) return [{ atSeconds: (verdicts.length - 1) * everySeconds, query: never, samples: [] }];
  const by = ["sli", plan.experiment.label, ...plan.measure.base.identity].join(", ");
  const query = `count by (${by}) (${alerts})`;
  const samples = samplesOf(plan, placesOf(plan)[0], 1);
  return turns(verdicts).map((index) => ({
    atSeconds: index * everySeconds,
    query,
    alert,
    samples: verdicts[index] === "firing" ? samples : [],
  }));
}

/** The evaluations around the rise and the fall. */
function turns(verdicts: readonly Verdict[]): number[] {
  const rise = verdicts.indexOf("firing");
  const last = verdicts.lastIndexOf("firing");
  const around = [verdicts.lastIndexOf("silent", rise), rise, last, verdicts.indexOf("silent", last)];
  return [...new Set(around)].filter((index) => index >= 0);
}

/** At the first and the last comparison with events, and at the last at which somebody is told. */
function lookedAt({ experiment }: ExperimentPlan, { compared }: Trial): number[] {
  const told = judgeExperiment(experiment, compared).verdicts.lastIndexOf("firing");
  const last = compared.variant.findLastIndex(({ total }) => total > 0);
  return [...new Set([1, told, last])].filter((index) => index > 0);
}

/** What is said of the variant on trial, and by how much it is worse. */
function answers(plan: ExperimentPlan, { compared }: Trial, index: number): Claim[] {
  const { experiment } = plan;
  const verdict = verdictAt(experiment, compared, index);
  const sigmas = sigmasAt(experiment, compared, index);
  const at = (query: string, value: number): Claim => ({
    atSeconds: index * compared.everySeconds,
    query,
    samples: samplesOf(plan, { ...experimentLabels(experiment), ...placesOf(plan)[0] }, value),
  });
  const ask = (record: string): string => print(selector(record, idsOf(plan)));
  return [
    ...(verdict === undefined ? [] : [at(`${ask(experimentRecords.verdict)} + 0`, VERDICTS[verdict])]),
    ...(sigmas === undefined || isHalfway(sigmas)
      ? []
      : [at(`round(${ask(experimentRecords.worse)}, 0.01)`, rounded(sigmas))]),
  ];
}

/** The variant on trial, here. */
function idsOf(plan: ExperimentPlan): Labels {
  const { experiment } = plan;
  return { ...experimentLabels(experiment), ...placesOf(plan)[0], [experiment.label]: groupsOf(plan).tried };
}

/** One sample for every measurement of the variant on trial. To promtool an empty label is another than none. */
function samplesOf(plan: ExperimentPlan, labels: Labels, value: number): Claim["samples"] {
  const { experiment } = plan;
  const { tried } = groupsOf(plan);
  const own: Labels = tried === "" ? {} : { [experiment.label]: tried };
  return experiment.slis.map(({ name }) => ({ labels: seriesName("", { ...labels, sli: name, ...own }), value }));
}

function alertOf({ experiment, alerts }: ExperimentPlan): Labels {
  return { ...experimentLabels(experiment), alertname: alerts[0]?.alert ?? "" };
}

/** To hundredths, as PromQL rounds. */
function rounded(value: number): number {
  return Math.floor(value * 100 + 0.5) / 100;
}

/** Where only the dust of binary fractions decides how it is rounded. */
function isHalfway(value: number): boolean {
  return Math.abs((value * 100) % 1) > 0.499 && Math.abs((value * 100) % 1) < 0.501;
}
