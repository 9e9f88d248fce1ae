/** Amounts, and prices of tokens by model and type. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { metricSchema } from "../../sli/metric.ts";
import { groupLabelSchema } from "../text/labels.ts";

/** `usd(500)`, `eur(500)` or `tokens(500)`. */
export const amountSchema = z.strictObject({
  amount: z.number().positive(),
  unit: z.string().refine((unit) => /^[a-z]+$/.test(unit), {
    error: "it is not a unit",
    params: fault("bad-value", "Make amounts with `usd(500)`, `eur(500)` or `tokens(500)`."),
  }),
});

/** A price may be nothing. */
const priceSchema = z.strictObject({ amount: z.number().nonnegative(), unit: amountSchema.shape.unit });

const fields = z.strictObject({
  tokens: z.union([metricSchema, z.record(z.string(), metricSchema)]),
  model: groupLabelSchema,
  type: groupLabelSchema.optional(),
  per: z.enum(["1k", "1M"]),
  models: z.record(z.string(), z.record(z.string(), priceSchema)),
  within: z.record(z.string(), z.string()).optional(),
});

/** A price table. */
export const pricesSchema = fields
  .superRefine(refuseNoType)
  .superRefine(refuseNoModel)
  .superRefine(refuseStrayTypes)
  .superRefine(refuseStrayWithin);

/** A price table's fields, read. */
export type PriceFields = z.output<typeof fields>;

/** Whether one counter holds all types, distinguished by a label. */
export function isSingleCounter(tokens: PriceFields["tokens"]): tokens is z.output<typeof metricSchema> {
  return typeof tokens.type === "string";
}

/** Types of token that some model has a price for, in name order. */
export function pricedTypes({ models }: Pick<PriceFields, "models">): string[] {
  return [...new Set(Object.values(models).flatMap((prices) => Object.keys(prices)))].sort();
}

function refuseNoType({ tokens, type }: PriceFields, context: z.RefinementCtx): void {
  if (!isSingleCounter(tokens) || type !== undefined) return;
  const params = fault("missing-field", "Name the label that tells input from output, such as `gen_ai_token_type`.");
  context.addIssue({ code: "custom", path: ["type"], message: "the types of token cannot be distinguished", params });
}

function refuseNoModel({ models }: PriceFields, context: z.RefinementCtx): void {
  if (pricedTypes({ models }).length > 0) return;
  const params = fault(
    "missing-field",
    'Give prices, such as models: { "gpt-4": { input: usd(30), output: usd(60) } }.',
  );
  context.addIssue({ code: "custom", path: ["models"], message: "the table has no price", params });
}

/** A counter of its own for each type: a price of another type would never be paid. */
function refuseStrayTypes({ tokens, models }: PriceFields, context: z.RefinementCtx): void {
  if (isSingleCounter(tokens)) return;
  const counted = Object.keys(tokens);
  for (const [model, prices] of Object.entries(models)) {
    for (const type of Object.keys(prices).filter((name) => !counted.includes(name))) {
      const params = fault("bad-value", `Give \`tokens.${type}\`, or one of ${counted.join(", ")}.`);
      const message = `no counter counts tokens of type \`${type}\``;
      context.addIssue({ code: "custom", path: ["models", model, type], message, params });
    }
  }
}

/** What lies within another type is paid at the difference of the prices, so both must have one. */
function refuseStrayWithin({ models, within = {} }: PriceFields, context: z.RefinementCtx): void {
  for (const [part, whole] of Object.entries(within)) {
    const unpriced = Object.entries(models).find(([, prices]) => prices[part] && !prices[whole])?.[0];
    if (unpriced === undefined && within[whole] === undefined && part !== whole) continue;
    const hint =
      unpriced === undefined ? "Name a type that lies in no other." : `Give \`${unpriced}\` a price for \`${whole}\`.`;
    const message = `\`${part}\` cannot be priced as a part of \`${whole}\``;
    context.addIssue({ code: "custom", path: ["within", part], message, params: fault("bad-value", hint) });
  }
}
