/** SLOs for what a Prometheus knows: each job is measured by the preset that finds most of its own in it. */
import type { Connection } from "../doctor/ask/no-answer.ts";
import { ifKnown, sampleOf } from "../doctor/ask/queries.ts";
import { askTargets, type Target } from "../doctor/volume.ts";
import type { Matcher, Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import { type Candidate, candidates, type Options, type Proposed, proposedBy } from "./candidate.ts";
import { fitted } from "./fitted.ts";
import { jobsOf } from "./jobs.ts";

/** One preset for one job. */
export interface Proposal {
  readonly preset: string;
  /** Empty where the series have no such label. */
  readonly job: string;
  /** As they are to be written. */
  readonly options: Options;
  /** Names of the SLOs that have something to measure. */
  readonly slos: readonly string[];
  /** Names of those that have not, and are left out. */
  readonly leftOut: readonly string[];
  /** How often the job is scraped, where the server says so. */
  readonly scrapeInterval?: string;
}

/**
 * The proposals, by job.
 *
 * @throws {NoAnswer} where the Prometheus does not answer.
 */
export async function propose(to: Connection): Promise<readonly Proposal[]> {
  const known = candidates.map((candidate) => ({ candidate, reads: proposedBy(candidate).map(metricsOf) }));
  const jobs = await jobsOf([...new Set(known.flatMap(({ reads }) => reads.flat()))], to);
  const targets = (await ifKnown(askTargets(to))) ?? [];
  const proposals: Proposal[] = [];
  for (const [job, names] of [...jobs].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const likely = known.filter(({ reads }) => reads.some((metrics) => metrics.every((name) => names.has(name))));
    const findings = await findingsIn(
      job,
      likely.map(({ candidate }) => candidate),
      to,
    );
    for (const chosen of choose(findings)) proposals.push(await proposalOf(chosen, targets, to));
  }
  return proposals;
}

/** What a candidate finds in a job. */
interface Finding {
  readonly candidate: Candidate;
  readonly job: string;
  readonly found: readonly Proposed[];
  readonly missing: readonly Proposed[];
}

/** @param likely - Those of which some SLO's metrics are there, by their names alone. */
async function findingsIn(job: string, likely: readonly Candidate[], to: Connection): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { preset, options } of likely) {
    if (!(await isMarked(preset.name, job, to))) continue;
    const candidate = { preset, options: job === "" ? options : { job, ...options } };
    findings.push(await findingOf(candidate, job, to));
  }
  return findings.filter(({ found }) => found.length > 0);
}

/** Of presets that share all their names with another one: a series that only their system has. */
const MARKS: Readonly<Record<string, Selector>> = {
  envoyAi: {
    node: "selector",
    metric: "gen_ai_server_request_duration_seconds_count",
    matchers: [{ label: "gen_ai_original_model", op: "!=", value: "" }],
  },
};

/** Asked of the job itself: another one may well be what this one is not. */
async function isMarked(preset: string, job: string, to: Connection): Promise<boolean> {
  const mark = MARKS[preset];
  if (mark === undefined) return true;
  const own = { ...mark, matchers: [{ label: "job", op: "=" as const, value: job }, ...mark.matchers] };
  return (await sampleOf(to, `count(${print(own)})`)) !== undefined;
}

async function findingOf(candidate: Candidate, job: string, to: Connection): Promise<Finding> {
  const all = proposedBy(candidate);
  const answers = await Promise.all(all.map((proposed) => isThere(proposed, to)));
  const found = all.filter((_, index) => answers[index]);
  return { candidate, job, found, missing: all.filter((_, index) => !answers[index]) };
}

async function isThere({ readings, failures }: Proposed, to: Connection): Promise<boolean> {
  for (const { query } of readings) if ((await sampleOf(to, query)) === undefined) return false;
  for (const selector of failures) if (await canNeverBe(selector, to)) return false;
  return readings.length > 0;
}

/** Its metric is there, and no series of it has a label that it wants: that is another version's. */
async function canNeverBe({ metric, matchers }: Selector, to: Connection): Promise<boolean> {
  const isThere = async (own: readonly Matcher[]): Promise<boolean> =>
    (await sampleOf(to, `count(${print({ node: "selector", metric, matchers: own })})`)) !== undefined;
  const job = matchers.filter(({ label }) => label === "job");
  const wanted = matchers.filter(({ label, op }) => label !== "job" && (op === "=" || op === "=~"));
  if (wanted.length === 0 || !(await isThere(job))) return false;
  for (const { label } of wanted) if (!(await isThere([...job, { label, op: "!=", value: "" }]))) return true;
  return false;
}

/** The one that finds most, then the next of those that read nothing that is measured already. */
function choose(findings: readonly Finding[]): Finding[] {
  const taken = new Set<string>();
  return [...findings].sort(byWorth).filter(({ found }) => {
    const metrics = found.flatMap(metricsOf);
    if (metrics.some((name) => taken.has(name))) return false;
    for (const name of metrics) taken.add(name);
    return true;
  });
}

/** Among equals the one that misses less, then the one with fewer words, then the first of the registry. */
function byWorth(one: Finding, other: Finding): number {
  const words = ({ candidate }: Finding): number => Object.keys(candidate.options).length;
  return (
    other.found.length - one.found.length || one.missing.length - other.missing.length || words(one) - words(other)
  );
}

async function proposalOf(
  { candidate, job, found, missing }: Finding,
  targets: readonly Target[],
  to: Connection,
): Promise<Proposal> {
  const { scrapeInterval } = targets.find(({ labels }) => labels.job === job) ?? {};
  const leftOut = missing.map(nameOf);
  return {
    preset: candidate.preset.name,
    job,
    options: { ...candidate.options, ...(await fitted(found, to)), ...(leftOut.length > 0 && { without: leftOut }) },
    slos: found.map(nameOf),
    leftOut,
    ...(scrapeInterval !== undefined && { scrapeInterval }),
  };
}

function metricsOf({ readings }: Proposed): string[] {
  return readings.flatMap(({ metrics }) => metrics);
}

function nameOf({ plan }: Proposed): string {
  return plan.slo.name;
}
