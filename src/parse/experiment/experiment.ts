/** Experiments: what may be declared, and the experiment that it becomes. */
import { z } from "zod";
import type { Experiment } from "../../model/experiment.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { fault } from "../../sli/fault.ts";
import { isComposite, kindOf } from "../../sli/index.ts";
import { metricSchema } from "../../sli/metric.ts";
import { DAY } from "../../time/units.ts";
import { runbookUrl, type Surroundings } from "../service/surroundings.ts";
import { sliSchema } from "../slo/slo-schema.ts";
import { idSchema } from "../text/id.ts";
import { labelListSchema, labelsSchema } from "../text/labels.ts";
import { proseSchema, urlSchema } from "../text/texts.ts";

const eventsSliSchema = sliSchema.refine((sli) => kindOf(sli).method === "events" && !isComposite(sli), {
  error: "groups are compared by a share of their events: neither slices of time nor other SLOs have one",
  params: fault("bad-value", "Use a kind that counts events: events, latency or score."),
});

const labelSchema = z.string().transform((label, context): string => {
  for (const problem of labelListSchema.safeParse([label]).error?.issues ?? [])
    context.addIssue({ ...problem, path: [], code: "custom" });
  return label;
});

const share = z.number().min(0).lt(1, { error: "no difference is larger than all events" });

const fields = z.strictObject({
  name: idSchema,
  description: proseSchema.optional(),
  label: labelSchema,
  baseline: z.string(),
  variants: z.array(z.string()).min(1).optional(),
  slis: z.array(z.strictObject({ name: idSchema, sli: eventsSliSchema })).min(1),
  cost: z.strictObject({ metric: metricSchema, per: metricSchema, unit: z.string().optional() }).optional(),
  window: secondsSchema.optional(),
  minSample: z.int().positive().optional(),
  sigma: z.number().positive().optional(),
  atLeast: share.optional(),
  for: secondsSchema.optional(),
  severity: z.enum(["page", "ticket", "info"]).optional(),
  runbook: urlSchema.optional(),
  labels: labelsSchema.optional(),
});

/** An experiment. */
export const experimentSchema = fields.superRefine(refuseOwnLabel).superRefine(refuseDuplicates);

export type ExperimentFields = z.output<typeof fields>;

export function toExperiment(declared: ExperimentFields, around: Surroundings): Experiment {
  const { platform, service, path, source } = around;
  const { name, description, label, baseline, variants, slis, cost } = declared;
  return {
    id: `${service.name}/${name}`,
    service: service.name,
    name,
    owner: service.owner,
    description,
    label,
    baseline,
    variants,
    slis,
    cost: cost && { ...cost, unit: cost.unit ?? "dollars" },
    ...comparisonOf(declared),
    runbook: runbookUrl(declared, around),
    labels: { ...service.labels, ...declared.labels },
    scrapeSeconds: service.scrapeInterval ?? platform.scrapeSeconds,
    evaluationSeconds: service.evaluationInterval ?? platform.evaluationSeconds,
    path,
    source,
  };
}

function comparisonOf(declared: ExperimentFields) {
  return {
    windowSeconds: declared.window ?? DAY,
    minSample: declared.minSample ?? 500,
    sigma: declared.sigma ?? 4,
    atLeast: declared.atLeast ?? 0,
    forSeconds: declared.for ?? 1800,
    severity: declared.severity ?? ("ticket" as const),
  };
}

/** Labels by which an experiment's own series are distinguished. */
function refuseOwnLabel({ label }: ExperimentFields, context: z.RefinementCtx): void {
  if (!["sli", "experiment", "part"].includes(label)) return;
  const params = fault("reserved-label", "Rename it when it is scraped, such as `variant`.");
  context.addIssue({
    code: "custom",
    path: ["label"],
    message: `\`${label}\` is a label of experiments themselves`,
    params,
  });
}

function refuseDuplicates({ slis, baseline, variants = [] }: ExperimentFields, context: z.RefinementCtx): void {
  const names = slis.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    const params = fault("duplicate-id", "Give every measurement a name of its own.");
    context.addIssue({
      code: "custom",
      path: ["slis", index, "name"],
      message: `\`${name}\` is declared twice`,
      params,
    });
  });
  if (baseline === "" && variants.length === 0)
    refuse(
      context,
      "baseline",
      "what has no label takes part only where the others are named",
      "Name them in `variants`.",
    );
  if (variants.includes(baseline))
    refuse(context, "variants", "the baseline cannot be a variant of itself", "Name the others only.");
  if (new Set(variants).size < variants.length)
    refuse(context, "variants", "a variant is listed twice", "Name each once.");
}

function refuse(context: z.RefinementCtx, field: string, message: string, hint: string): void {
  context.addIssue({ code: "custom", path: [field], message, params: fault("bad-value", hint) });
}
