/** Error-budget policies: of the platform, a service or an SLO. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { dateSchema } from "./dates.ts";
import { proseSchema } from "./texts.ts";

const share = z.number().refine((value) => value >= 0 && value < 1, {
  error: "it is not a share of the budget",
  params: fault("bad-value", "Write what is left, from 0 to below 1: `0.25` is a quarter of the budget."),
});

const exceptionSchema = z.strictObject({ until: dateSchema, why: proseSchema });

/** With its default filled in. */
export const policySchema = z
  .strictObject({
    freezeAt: share.default(0),
    warnBelow: share.optional(),
    exceptions: z.array(exceptionSchema).default([]),
    says: proseSchema.optional(),
  })
  .refine(({ freezeAt, warnBelow }) => warnBelow === undefined || warnBelow > freezeAt, {
    path: ["warnBelow"],
    error: "the warning would come with the freeze, or after it",
    params: fault("bad-value", "Give a larger share than `freezeAt`, such as `0.25`."),
  })
  .transform(({ freezeAt, warnBelow, exceptions, says }) => ({ freezeAt, warnBelow, exceptions, says }));
