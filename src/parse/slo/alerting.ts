/** Alerting of one SLO, as far as one can see without its numbers. Whether a tier can fire is judged when it is compiled. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { nearest } from "../read/nearest.ts";
import { alertWindowSchema, durationSchema } from "../text/durations.ts";
import { idSchema } from "../text/id.ts";
import { labelsSchema } from "../text/labels.ts";
import { annotationsSchema } from "../text/texts.ts";

const severitySchema = z.enum(["page", "ticket", "info"]);

const share = z.number().refine((value) => value > 0 && value <= 1, {
  error: "a tier's budget is a share of the error budget, above 0 and at most 1",
  params: fault("tier-invalid", "Give the share, such as 0.02 for two percent."),
});

const factor = z.number().refine((value) => value > 0, {
  error: "a burn rate is above 0",
  params: fault("tier-invalid", "Give the multiple of the sustainable rate, such as 14.4."),
});

/** Tiers of the alerts that are not about burn. Inhibition and routes tell an SLO's alerts apart by them. */
const OTHER_ALERTS = /^(?:broken|no-data|targets-down|suspect|budget-(?:exhausted|forecast|drop|low-.*))$/;

/** One tier. */
export const tierSchema = z
  .strictObject({
    name: idSchema.refine((name) => !OTHER_ALERTS.test(name), {
      error: "another alert of the SLO has this tier",
      params: fault("tier-invalid", "Give the tier another name."),
    }),
    severity: severitySchema,
    long: alertWindowSchema,
    short: alertWindowSchema,
    for: durationSchema.optional(),
    budget: share.optional(),
    burn: factor.optional(),
  })
  .refine((tier) => (tier.budget === undefined) !== (tier.burn === undefined), {
    error: "a tier needs `budget` or `burn`, and not both",
    params: fault(
      "tier-invalid",
      "Give `budget`, the share spent within the long window, or `burn`, the multiple of the sustainable rate.",
    ),
  });

const switchSchema = z.strictObject({
  enabled: z.boolean().optional(),
  severity: severitySchema.optional(),
  for: durationSchema.optional(),
  keepFiringFor: durationSchema.optional(),
  labels: labelsSchema.optional(),
  annotations: annotationsSchema.optional(),
});

const leftShare = z.number().refine((value) => value > 0 && value < 1, {
  error: "a share of the budget is between 0 and 1",
  params: fault("bad-value", "Give the share, such as 0.25 for a quarter."),
});

const budgetSchema = z.strictObject({
  exhausted: z.boolean().optional(),
  below: z.array(leftShare).optional(),
  forecast: alertWindowSchema.optional(),
  drop: z.strictObject({ share: leftShare, within: alertWindowSchema }).optional(),
});

const fields = z.strictObject({
  enabled: z.boolean().optional(),
  tiers: z.array(tierSchema).min(1, { error: "the list of tiers is empty" }).optional(),
  overrides: z.record(z.string(), switchSchema).optional(),
  for: durationSchema.optional(),
  keepFiringFor: durationSchema.optional(),
  threshold: z.enum(["static", "traffic"]).optional(),
  budget: budgetSchema.optional(),
  labels: labelsSchema.optional(),
  annotations: annotationsSchema.optional(),
});

/** `alerting` of an SLO. The result is what was declared. */
export const alertingSchema = fields.superRefine(refuseUnknownOverrides).superRefine(refuseDuplicates);

const DEFAULT_TIERS = ["page-fast", "page-slow", "ticket-fast", "ticket-slow"];

type Alerting = z.output<typeof fields>;

function refuseUnknownOverrides({ tiers, overrides = {} }: Alerting, context: z.RefinementCtx): void {
  const names = tiers?.map((tier) => tier.name) ?? DEFAULT_TIERS;
  for (const name of Object.keys(overrides).filter((key) => !names.includes(key))) {
    const hint = `Write \`${nearest(name, names) ?? names[0]}\`; the tiers are ${names.join(", ")}.`;
    context.addIssue({
      code: "custom",
      path: ["overrides", name],
      message: `there is no tier \`${name}\``,
      params: fault("tier-invalid", hint),
    });
  }
}

function refuseDuplicates({ tiers = [] }: Alerting, context: z.RefinementCtx): void {
  const names = tiers.map((tier) => tier.name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    context.addIssue({
      code: "custom",
      path: ["tiers", index, "name"],
      message: `another tier is called \`${name}\``,
      params: fault("duplicate-id", "Give every tier a name of its own."),
    });
  });
}
