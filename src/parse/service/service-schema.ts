/** What a service may say. Its SLOs and budgets are read one by one, so that one's mistake hides no other's. */
import { z } from "zod";
import { secondsSchema } from "../../sli/duration.ts";
import { refuse } from "../../sli/fault.ts";
import { formerNameSchema, idSchema } from "../text/id.ts";
import { labelsSchema } from "../text/labels.ts";
import { policySchema } from "../text/policy.ts";
import { annotationsSchema, proseSchema, urlSchema } from "../text/texts.ts";

const ownerSchema = z
  .string()
  .optional()
  .transform((owner, context): string => {
    if (owner !== undefined && owner.trim() !== "") return owner;
    return refuse(
      context,
      "missing-owner",
      "this service has no owner, so its alerts reach nobody",
      'Name the team that answers, such as owner: "payments".',
    );
  });

export const serviceSchema = z.strictObject({
  name: idSchema,
  description: proseSchema.optional(),
  owner: ownerSchema,
  ai: z.boolean().optional(),
  runbooks: urlSchema.optional(),
  policy: policySchema.optional(),
  labels: labelsSchema.default({}),
  annotations: annotationsSchema.default({}),
  slos: z.array(z.unknown()).default([]),
  budgets: z.array(z.unknown()).default([]),
  experiments: z.array(z.unknown()).default([]),
  scrapeInterval: secondsSchema.optional(),
  evaluationInterval: secondsSchema.optional(),
  formerly: z.array(formerNameSchema).default([]),
});

/** A service with its own fields read. */
export type ServiceFields = z.output<typeof serviceSchema>;
