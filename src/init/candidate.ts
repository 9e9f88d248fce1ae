/** What a Prometheus is searched for: each preset, under each of the options that its examples prove. */
import { type Use, usesOf } from "../check/metrics/uses.ts";
import { compile } from "../compile/compile.ts";
import type { SloPlan } from "../compile/plan.ts";
import { parse } from "../parse/parse.ts";
import { assemble } from "../presets/assemble/assemble.ts";
import type { Preset } from "../presets/assemble/preset.ts";
import { presets } from "../presets/index.ts";
import type { Selector } from "../promql/ast.ts";
import { type Reading, readingOf } from "./reading.ts";

export type Options = Readonly<Record<string, unknown>>;

/** A preset under some options. */
export interface Candidate {
  readonly preset: Preset;
  readonly options: Options;
}

/** All of them, in the order of the registry. */
export const candidates: readonly Candidate[] = presets.flatMap((preset) =>
  distinct(preset.examples.map(({ options }) => withoutNumbers(options))).map((options) => ({ preset, options })),
);

/** An SLO of a preset, and what it reads. */
export interface Proposed {
  readonly plan: SloPlan;
  /** All of which must be there. */
  readonly readings: readonly Reading[];
  /** Counters of failures are born with the first one, and count as none before. */
  readonly failures: readonly Selector[];
}

/** The SLOs of a candidate, compiled in an environment of defaults. */
export function proposedBy({ preset, options }: Candidate): readonly Proposed[] {
  const service = { name: "found", owner: "found", ...assemble(preset, options, proposedBy) };
  const { services, platform } = parse({ services: [service], platform: {} });
  const { plan } = compile(services, platform);
  const uses = usesOf(plan);
  return plan.services.flatMap(({ slos }) => slos).map((slo) => proposedOf(slo, uses));
}

function proposedOf(plan: SloPlan, uses: readonly Use[]): Proposed {
  const own = uses.filter(({ path }) => plan.slo.path.every((key, index) => path[index] === key));
  return {
    plan,
    readings: own.filter(({ path }) => !isFailure(path)).map((use) => readingOf(use)),
    failures: own.flatMap(({ path, metric }) =>
      isFailure(path) && metric.type === "selector" ? [metric.selector] : [],
    ),
  };
}

function isFailure(path: readonly (string | number)[]): boolean {
  return path.some((key, index) => key === "bad" && path[index - 1] === "sli");
}

/** Jobs, boundaries and thresholds are asked for: an example's are its own. */
function withoutNumbers({ job: _job, buckets: _buckets, thresholds: _thresholds, ...rest }: Options): Options {
  return rest;
}

function distinct(all: readonly Options[]): Options[] {
  return [...new Map(all.map((options) => [JSON.stringify(options), options])).values()];
}
