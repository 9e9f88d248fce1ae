/** What a budget's fields mean together: something to measure, something to hold it to, and one unit for both. */
import type { z } from "zod";
import { fault } from "../../sli/fault.ts";
import type { SpendFields } from "./spend-fields.ts";

type Context = z.RefinementCtx;

/** A budget counts one metric, or tokens at their prices. */
export function refuseNoMeter({ kind, metric, prices }: SpendFields, context: Context): void {
  if (metric && prices)
    refuse(context, {
      path: ["prices"],
      message: "the budget has two meters",
      code: "bad-value",
      hint: "Give `metric` or `prices`.",
    });
  if (!metric && !prices)
    refuse(context, {
      path: ["metric"],
      message: "the budget measures nothing",
      code: "missing-field",
      hint: `Give \`metric\`${kind === "spend" ? " or `prices`" : ""}.`,
    });
  if (kind === "tokens" && prices)
    refuse(context, {
      path: ["prices"],
      message: "tokens have no price here",
      code: "bad-value",
      hint: "Make it a `spend` budget, or give `metric`.",
    });
}

/** `by` alone limits nothing. */
export function refuseNoLimit({ limit, limits, limitEach, by = [] }: SpendFields, context: Context): void {
  const forSingle = Object.keys(limits ?? {}).length > 0;
  if (!limit && !forSingle && !limitEach)
    refuse(context, {
      path: ["limit"],
      message: "the budget has no limit",
      code: "missing-field",
      hint: "Give `limit` over everything, `limits` for single values or `limitEach` for the others; `by` alone limits nothing.",
    });
  if (forSingle && by.length !== 1)
    refuse(context, {
      path: ["by"],
      message: "`limits` needs `by` with exactly one label",
      code: "missing-field",
      hint: 'Name the label whose values they are, such as by: ["model"].',
    });
  if (limitEach && by.length === 0)
    refuse(context, {
      path: ["by"],
      message: "`limitEach` needs `by`",
      code: "missing-field",
      hint: 'Name the label whose values are each limited, such as by: ["model"].',
    });
}

/** Without a value, a single limit would be the one over everything. */
export function refuseEmptyValue({ limits = {} }: SpendFields, context: Context): void {
  if (!Object.hasOwn(limits, "")) return;
  refuse(context, {
    path: ["limits", ""],
    message: "the empty value cannot be limited alone",
    code: "bad-value",
    hint: "Name a value, or limit everything with `limit`.",
  });
}

/** A team answers for a value of one label; everything together is for the owner. */
export function refuseNoValues({ receivers = {}, by = [] }: SpendFields, context: Context): void {
  const values = Object.keys(receivers);
  if (values.length > 0 && by.length !== 1)
    refuse(context, {
      path: ["by"],
      message: "`receivers` needs `by` with exactly one label",
      code: "missing-field",
      hint: 'Name the label whose values they are, such as by: ["team"].',
    });
  if (values.includes(""))
    refuse(context, {
      path: ["receivers", ""],
      message: "the empty value has no team of its own",
      code: "bad-value",
      hint: "Name a value; alerts on the overall limit go to the owner of the service.",
    });
}

/** Labels by which a budget's own series are distinguished. */
const OWN_LABELS = ["unit", "hour", "day", "week", "month", "quarter"];

/** A label of the budget's own would merge what it distinguishes. */
export function refuseOwnLabels({ by = [] }: SpendFields, context: Context): void {
  by.forEach((label, index) => {
    if (OWN_LABELS.includes(label))
      refuse(context, {
        path: ["by", index],
        message: `\`${label}\` is a label of budgets themselves`,
        code: "reserved-label",
        hint: "Rename it when it is scraped.",
      });
  });
}

/** Limits, floors and prices are in one unit, and tokens are not money. */
export function refuseUnits(budget: SpendFields, context: Context): void {
  const [first, ...others] = unitsOf(budget);
  const other = others.find((unit) => unit !== first);
  if (first === undefined) return;
  if (other !== undefined) {
    const message = `amounts in ${first} and in ${other} do not add up`;
    refuse(context, { path: ["limit"], message, code: "bad-value", hint: "Give all amounts in one unit." });
    return;
  }
  if ((first === "tokens") === (budget.kind === "tokens")) return;
  const hint =
    budget.kind === "tokens"
      ? "Give tokens: `tokens(1000000)`."
      : "Give money, such as `usd(500)`; token budgets are made by `tokens({ … })`.";
  refuse(context, {
    path: ["limit"],
    message: `a ${budget.kind} budget is not limited in ${first}`,
    code: "bad-value",
    hint,
  });
}

function unitsOf({ limit, limits = {}, limitEach, anomaly, unitCost, prices }: SpendFields): string[] {
  const amounts = [
    limit,
    limitEach,
    ...Object.values(limits),
    anomaly === false ? undefined : anomaly?.atLeast,
    unitCost?.perRequest,
    unitCost?.per1kTokens,
    ...Object.values(prices?.models ?? {}).flatMap((types) => Object.values(types)),
  ];
  return amounts.flatMap((amount) => (amount ? [amount.unit] : []));
}

interface Refusal {
  readonly path: (string | number)[];
  readonly message: string;
  readonly code: "bad-value" | "missing-field" | "reserved-label";
  readonly hint: string;
}

function refuse(context: Context, { path, message, code, hint }: Refusal): void {
  context.addIssue({ code: "custom", path, message, params: fault(code, hint) });
}
