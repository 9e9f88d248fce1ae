/** Spend and token budgets: what may be said of one, field by field. */
import { z } from "zod";
import { suggestDuration } from "../../promql/duration.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { metricSchema } from "../../sli/metric.ts";
import { nearest } from "../read/nearest.ts";
import { alertWindowSchema } from "../text/durations.ts";
import { idSchema } from "../text/id.ts";
import { labelListSchema, labelsSchema } from "../text/labels.ts";
import { proseSchema, urlSchema } from "../text/texts.ts";
import { amountSchema, pricesSchema } from "./prices.ts";
import { refuseSameNames, refuseSameShares } from "./repetitions.ts";

const offsetSchema = z.string().refine((text) => /^[+-](0\d|1[0-4]):[0-5]\d$/.test(text), {
  error: "it is not a fixed offset from UTC",
  params: fault(
    "bad-value",
    "Write hours and minutes, such as `+01:00`. A zone with daylight saving cannot be followed in PromQL.",
  ),
});

const severitySchema = z.enum(["page", "ticket", "info"]);

const shareSchema = z.number().refine((share) => share > 0 && share <= 10, {
  error: "a threshold is a share of the limit, above 0 and at most 10",
  params: fault("bad-value", "Write 0.8 for 80 percent."),
});

const teamSchema = z.string().refine((team) => team.trim() !== "", {
  error: "it names no team",
  params: fault("bad-value", "Name a team that has receivers on the platform."),
});

const thresholdSchema = z.union([
  shareSchema,
  z.strictObject({ at: shareSchema, severity: severitySchema.optional() }),
]);

const burnSchema = z.strictObject({
  name: idSchema,
  severity: severitySchema,
  burn: z.number().positive(),
  long: alertWindowSchema,
  short: alertWindowSchema,
});

const anomalySchema = z.strictObject({
  ratio: z.number().positive().optional(),
  atLeast: amountSchema.optional(),
  severity: severitySchema.optional(),
});

const unitCostSchema = z.strictObject({
  perRequest: amountSchema.optional(),
  per1kTokens: amountSchema.optional(),
  minRequests: z.int().positive().optional(),
});

const PERIODS = ["hour", "day", "week", "month", "quarter", "year"] as const;
const ADVERBS: Readonly<Record<string, string>> = { daily: "day" };

/** A rolling period, in seconds. What is no duration may be a misspelt period of the calendar. */
const lengthSchema = z.string().transform((text, context): number => {
  const read = secondsSchema.safeParse(text);
  if (read.success) return read.data;
  const word = text.trim().toLowerCase();
  const meant = ADVERBS[word] ?? nearest(word.replace(/(?<=.)(s|ly)$/, ""), PERIODS);
  const length = suggestDuration(text);
  const choice = PERIODS.map((period) => `\`${period}\``).join(", ");
  const hint =
    meant !== undefined
      ? `Write \`${meant}\`.`
      : `Write ${length === undefined ? "" : `\`${length}\`, or `}one of ${choice}${length === undefined ? ", or a length such as `30d`" : ""}.`;
  return refuse(context, "bad-duration", `${JSON.stringify(text)} is not a period`, hint);
});

/** Every field, read for itself. */
export const spendFields = z.strictObject({
  kind: z.enum(["spend", "tokens"]),
  name: idSchema,
  metric: metricSchema.optional(),
  prices: pricesSchema.optional(),
  per: z.union([z.enum(PERIODS), lengthSchema]),
  offset: offsetSchema.optional(),
  limit: amountSchema.optional(),
  by: labelListSchema.optional(),
  limits: z.record(z.string(), amountSchema).optional(),
  limitEach: amountSchema.optional(),
  receivers: z.record(z.string(), teamSchema).optional(),
  thresholds: z.array(thresholdSchema).superRefine(refuseSameShares).optional(),
  forecast: z.boolean().optional(),
  burn: z.union([z.literal(false), z.array(burnSchema).superRefine(refuseSameNames)]).optional(),
  anomaly: z.union([z.literal(false), anomalySchema]).optional(),
  requests: metricSchema.optional(),
  tokens: metricSchema.optional(),
  unitCost: unitCostSchema.optional(),
  activeUsers: metricSchema.optional(),
  description: proseSchema.optional(),
  runbook: urlSchema.optional(),
  labels: labelsSchema.optional(),
});

/** A budget's fields, read. */
export type SpendFields = z.output<typeof spendFields>;
