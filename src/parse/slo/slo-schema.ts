/** What an SLO may say. */
import { z } from "zod";
import type { SliDeclaration } from "../../declare/declaration.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { kindNames, type Sli, schemaOf } from "../../sli/index.ts";
import { dateSchema } from "../text/dates.ts";
import { formerNameSchema, idSchema } from "../text/id.ts";
import { labelListSchema, labelsSchema } from "../text/labels.ts";
import { policySchema } from "../text/policy.ts";
import { annotationsSchema, proseSchema, urlSchema } from "../text/texts.ts";
import { alertingSchema } from "./alerting.ts";
import { budgetingSchema } from "./budgeting.ts";
import { checksSchema } from "./checks.ts";
import { exclusionSchema } from "./exclusions.ts";
import { objectiveSchema, objectivesSchema } from "./objectives.ts";
import { DEFAULT_PERIODS, windowSchema } from "./window.ts";

/** Shorter than what a pod in a crash loop is away for. */
const ABSENCE_FOR_SECONDS = 180;

/** One of the kinds of `sli/`, by its `kind`. */
export const sliSchema = z.discriminatedUnion("kind", kindNames.map(schemaOf) as never) as unknown as z.ZodType<
  Sli,
  SliDeclaration
>;

const absenceFields = z.strictObject({
  noData: z.boolean().default(true),
  broken: z.boolean().default(true),
  for: secondsSchema.default(ABSENCE_FOR_SECONDS),
});

const absenceSchema = z.union([z.enum(["ticket", "page", "off"]), absenceFields]).transform((declared) => {
  const severity = declared === "page" ? ("page" as const) : ("ticket" as const);
  if (typeof declared === "object") return { ...declared, severity };
  return { noData: declared !== "off", broken: true, for: ABSENCE_FOR_SECONDS, severity };
});

/** An SLO as it is declared, read field by field. What fields mean together is judged in `slo.ts`. */
export const sloSchema = z.strictObject({
  name: idSchema,
  description: proseSchema.optional(),
  sli: sliSchema,
  objective: objectiveSchema,
  window: windowSchema.default(DEFAULT_PERIODS),
  groupBy: labelListSchema.default([]),
  alerting: alertingSchema.default({}),
  noTraffic: z.enum(["ignore", "bad", "good"]).optional(),
  absence: absenceSchema.prefault("ticket"),
  minEvents: z.int().positive().optional(),
  minBad: z.int().positive().optional(),
  eventsPerDay: z.number().positive().optional(),
  labels: labelsSchema.default({}),
  annotations: annotationsSchema.default({}),
  policy: policySchema.optional(),
  checks: checksSchema.default([]),
  runbook: urlSchema.optional(),
  dependsOn: z.array(z.string()).default([]),
  scrapeInterval: secondsSchema.optional(),
  evaluationInterval: secondsSchema.optional(),
  formerly: z.array(formerNameSchema).default([]),
  reviewBy: dateSchema.optional(),
  loosened: z.strictObject({ from: objectiveSchema, why: proseSchema }).optional(),
  generation: z.int().positive().default(1),
  budgeting: budgetingSchema.default({ kind: "events" }),
  objectives: objectivesSchema.optional(),
  exclude: z.array(exclusionSchema).default([]),
});

/** An SLO with its fields read. */
export type SloFields = z.output<typeof sloSchema>;
