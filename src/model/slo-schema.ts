/** What an SLO may say. */
import { z } from "zod";
import { exact } from "../promql/number.ts";
import { kindNames, type Sli, schemaOf } from "../sli/index.ts";
import { fault, refuse, secondsSchema } from "../sli/metric.ts";
import { alertingSchema } from "./alerting.ts";
import type { SliDeclaration } from "./declaration.ts";
import { idSchema } from "./id.ts";
import { labelListSchema, labelsSchema } from "./labels.ts";
import { annotationsSchema, urlSchema } from "./texts.ts";
import { DEFAULT_PERIODS, windowSchema } from "./window.ts";

const ABSENCE_FOR_SECONDS = 300;

/** One of the kinds of `sli/`, by its `kind`. */
export const sliSchema = z.discriminatedUnion("kind", kindNames.map(schemaOf) as never) as unknown as z.ZodType<
  Sli,
  SliDeclaration
>;

const objectiveSchema = z.number().transform((percent, context): number => {
  const problem = objectiveProblem(percent);
  return problem === undefined ? percent : refuse(context, "objective-out-of-range", ...problem);
});

const dateSchema = z.string().refine(isDate, {
  error: "it is not a date",
  params: fault("bad-value", "Write the date as `2027-01-31`."),
});

const absenceSchema = z.strictObject({
  noData: z.boolean().default(true),
  broken: z.boolean().default(true),
  for: secondsSchema.default(ABSENCE_FOR_SECONDS),
});

/** An SLO as it is declared, read field by field. What fields mean together is judged in `slo.ts`. */
export const sloSchema = z.strictObject({
  name: idSchema,
  description: z.string().optional(),
  sli: sliSchema,
  objective: objectiveSchema,
  window: windowSchema.default(DEFAULT_PERIODS),
  groupBy: labelListSchema.default([]),
  alerting: alertingSchema.default({}),
  noTraffic: z.enum(["ignore", "bad", "good"]).optional(),
  absence: absenceSchema.prefault({}),
  minEvents: z.int().positive().optional(),
  minBad: z.int().positive().optional(),
  eventsPerDay: z.number().positive().optional(),
  labels: labelsSchema.default({}),
  annotations: annotationsSchema.default({}),
  runbook: urlSchema.optional(),
  dependsOn: z.array(z.string()).default([]),
  scrapeInterval: secondsSchema.optional(),
  evaluationInterval: secondsSchema.optional(),
  formerly: z.array(idSchema).default([]),
  reviewBy: dateSchema.optional(),
  generation: z.int().positive().default(1),
  budgeting: later("budgeting"),
  objectives: later("objectives"),
  exclude: later("exclude"),
});

/** An SLO with its fields read. */
export type SloFields = z.output<typeof sloSchema>;

function later(field: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value !== undefined)
        refuse(context, "not-yet-supported", `\`${field}\` comes with a later release`, "Leave it out for now.");
    })
    .optional();
}

const PERCENT_HINT = "Objectives are percent, always, such as 99.9.";

function objectiveProblem(percent: number): [message: string, hint: string] | undefined {
  if (percent >= 100)
    return [
      `an objective of ${percent} leaves no error budget, so every error would page`,
      "Choose a value below 100, such as 99.9.",
    ];
  if (percent <= 0) return [`an objective of ${percent} is no objective`, PERCENT_HINT];
  if (percent <= 1)
    return [
      `an objective of ${percent} percent is hardly meant`,
      `${PERCENT_HINT} Write ${percent === 1 ? 99 : exact(percent * 100)}.`,
    ];
  if (Number(percent.toFixed(6)) !== percent)
    return [`${percent} has more than six decimals`, `Write ${Math.min(Number(percent.toFixed(6)), 99.999999)}.`];
  return undefined;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const lengths = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
