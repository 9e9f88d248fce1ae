/** Spend and token budgets, checked as far as a declaration goes. Their rules come with the AI work. */
import { z } from "zod";
import { fault, metricSchema, secondsSchema } from "../sli/metric.ts";
import { idSchema } from "./id.ts";
import { labelListSchema, labelsSchema } from "./labels.ts";
import { urlSchema } from "./texts.ts";

const amountSchema = z.strictObject({
  amount: z.number().positive(),
  unit: z.string().refine((unit) => /^[a-z]+$/.test(unit), {
    error: "it is not a unit",
    params: fault("bad-value", "Make amounts with `usd(500)`, `eur(500)` or `tokens(500)`."),
  }),
});

const offsetSchema = z.string().refine((text) => /^[+-](0\d|1[0-4]):[0-5]\d$/.test(text), {
  error: "it is not an offset from UTC",
  params: fault("bad-value", "Write hours and minutes, such as `+01:00`."),
});

const fields = z.strictObject({
  kind: z.enum(["spend", "tokens"]),
  name: idSchema,
  metric: metricSchema,
  per: z.union([z.enum(["hour", "day", "week", "month", "quarter"]), secondsSchema]),
  offset: offsetSchema.optional(),
  limit: amountSchema.optional(),
  by: labelListSchema.optional(),
  limits: z.record(z.string(), amountSchema).optional(),
  limitEach: amountSchema.optional(),
  description: z.string().optional(),
  runbook: urlSchema.optional(),
  labels: labelsSchema.optional(),
});

/** A budget. Read for its problems: later stages take the declaration itself. */
export const budgetSchema = fields.superRefine(refuseNoLimit).superRefine(refuseMixedUnits);

type Budget = z.output<typeof fields>;

function refuseNoLimit({ limit, limits, limitEach, by = [] }: Budget, context: z.RefinementCtx): void {
  const forSingle = Object.keys(limits ?? {}).length > 0;
  if (!limit && !forSingle && !limitEach) {
    const params = fault(
      "missing-field",
      "Give `limit` over everything, `limits` for single values or `limitEach` for the others; `by` alone limits nothing.",
    );
    context.addIssue({ code: "custom", path: ["limit"], message: "the budget has no limit", params });
  }
  if (forSingle && by.length !== 1) {
    const params = fault("missing-field", 'Say whose values they are, such as by: ["model"].');
    context.addIssue({ code: "custom", path: ["by"], message: "`limits` needs `by` with exactly one label", params });
  }
  if (limitEach && by.length === 0) {
    const params = fault("missing-field", 'Say of which label each value is limited, such as by: ["model"].');
    context.addIssue({ code: "custom", path: ["by"], message: "`limitEach` needs `by`", params });
  }
}

function refuseMixedUnits({ kind, limit, limits = {}, limitEach }: Budget, context: z.RefinementCtx): void {
  const units = [limit, limitEach, ...Object.values(limits)].flatMap((amount) => (amount ? [amount.unit] : []));
  const [first] = units;
  const other = units.find((unit) => unit !== first);
  if (other !== undefined) {
    context.addIssue({
      code: "custom",
      path: ["limit"],
      message: `limits in ${first} and in ${other} do not add up`,
      params: fault("bad-value", "Give all limits in one unit."),
    });
  } else if (first !== undefined && (first === "tokens") !== (kind === "tokens")) {
    const hint =
      kind === "tokens"
        ? "Give tokens: `tokens(1000000)`."
        : "Give money, such as `usd(500)`; token budgets are made by `tokens({ … })`.";
    context.addIssue({
      code: "custom",
      path: ["limit"],
      message: `a ${kind} budget is not limited in ${first}`,
      params: fault("bad-value", hint),
    });
  }
}
