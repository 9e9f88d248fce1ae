/** The environment: what may be said of it, and its defaults. */
import { z } from "zod";
import type { BusinessHours } from "../../declare/declaration.ts";
import { type Issue, issue, type Source } from "../../issue.ts";
import type { Platform, Severity } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { boundariesSchema } from "../../sli/client-buckets.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { WEEKDAYS } from "../../time/calendar-days.ts";
import { timeZones } from "../../time/time-zones.ts";
import { DAY } from "../../time/units.ts";
import { withoutDroppedEnvironment } from "../read/dropped.ts";
import { halfCharacters } from "../read/half-characters.ts";
import { nearest } from "../read/nearest.ts";
import { isRecord } from "../read/plain-data.ts";
import { type Problem, read } from "../read/read.ts";
import { isDottedName, labelListSchema } from "../text/labels.ts";
import { policySchema } from "../text/policy.ts";
import { urlSchema } from "../text/texts.ts";
import { kubernetesSchema } from "./kubernetes.ts";
import { receiverSchema, receiversSchema, withReceiverHint } from "./receivers.ts";

/** Reads a platform. With problems, what is sound of it stays, so that the services can be judged by it. */
export function parsePlatform(declared: unknown): {
  readonly platform: Platform;
  readonly problems: readonly Problem[];
} {
  const { kept, problems: dropped } = withoutDroppedEnvironment(declared ?? {});
  const { value, problems: misread } = read(platformSchema, kept, { unquoted: ["receivers", "watchdog"] });
  const problems = [...dropped, ...misread.map(withReceiverHint), ...halfCharacters(declared)];
  if (value && problems.length === 0) return { platform: toPlatform(value), problems };
  return { platform: toPlatform(platformSchema.parse(soundPart(declared, problems))), problems };
}

/**
 * What the build should know and does not.
 *
 * @param longestSeconds - The longest window that looks back so far; zero where there is none.
 */
export function platformDoubts(platform: Platform, longestSeconds: number, source: Source | undefined): Issue[] {
  if (platform.retentionSeconds !== undefined) return [];
  const reach = longestSeconds === 0 ? "" : `, and the longest window is ${printSeconds(longestSeconds)}`;
  const beyond = `retention: "${Math.max(15, Math.ceil((1.5 * longestSeconds) / DAY))}d"`;
  const hint = `Declare it in the platform, such as definePlatform({ ${beyond} }), so that windows which outlast it are found.`;
  const message = `how long Prometheus keeps samples is not declared${reach}.`;
  return [issue("retention-unknown", ["platform", "retention"], message, hint, source)];
}

const SCRAPE_SECONDS = 30;
const EVALUATION_SECONDS = 30;
const SCRAPE_TIMEOUT_SECONDS = 10;
/** Mimir's default. */
const RULES_PER_GROUP = 20;

const PRESETS = {
  default: { page: "page", ticket: "ticket", info: "info" },
  "kube-prometheus": { page: "critical", ticket: "warning", info: "info" },
} as const satisfies Record<string, Record<Severity, string>>;

const word = z.string().min(1, { error: "a severity's word is empty" });

const severitiesSchema = z
  .union([
    z.literal("kube-prometheus"),
    z.strictObject({ page: word.optional(), ticket: word.optional(), info: word.optional() }),
  ])
  .transform(
    (given): Readonly<Record<Severity, string>> => (typeof given === "string" ? PRESETS[given] : filledIn(given)),
  )
  .refine((words) => new Set(Object.values(words)).size === 3, {
    error: "two severities have the same word, so their alerts cannot be distinguished",
    params: fault("bad-value", "Give page, ticket and info words of their own."),
  });

const timeSchema = z.string().refine(isTime, {
  error: "it is not a time of day",
  params: fault("bad-value", 'Write hours and minutes, such as "09:00".'),
});

const timeZoneSchema = z.string().superRefine((name, context) => {
  if (timeZones.includes(name)) return;
  const meant = nearest(name, timeZones);
  const hint =
    meant === undefined ? "Give its IANA name, such as `Europe/Berlin`." : `Did you mean \`${meant}\`? Capitals count.`;
  refuse(context, "bad-value", `there is no time zone ${JSON.stringify(name)}`, hint);
});

const businessHoursSchema = z
  .strictObject({
    location: timeZoneSchema.optional(),
    days: z.array(z.enum(WEEKDAYS)).min(1, { error: "the list of days is empty" }).optional(),
    start: timeSchema,
    end: timeSchema,
  })
  .refine(({ start, end }) => !isTime(start) || !isTime(end) || start < end, {
    path: ["end"],
    error: "business hours end before they start",
    params: fault("bad-value", "Give a later end; hours over midnight cannot be expressed."),
  });

const bucketsSchema = z.record(
  z.string(),
  boundariesSchema.transform((boundaries) => [...new Set(boundaries)].sort((a, b) => a - b)),
);

const directorySchema = z.string().refine((path) => path.startsWith("/"), {
  error: "it is not an absolute path",
  params: fault("bad-value", "Begin with a slash: Alertmanager finds the secrets there, wherever it runs."),
});

const requiredLabelSchema = z.string().refine(isDottedName, {
  error: "it is not a label name",
  params: fault("bad-label", "Names have letters, digits, underscores and dots only."),
});

/** Of Grafana: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources */
const uidSchema = z.string().refine((uid) => /^[\w-]{1,40}$/.test(uid), {
  error: "it is not the UID of a data source",
  params: fault("bad-value", "Copy it from the data source's address in Grafana: letters, digits, `-` and `_` only."),
});

/** A platform as it is declared. */
export const platformSchema = z.strictObject({
  scrapeInterval: secondsSchema.default(SCRAPE_SECONDS),
  evaluationInterval: secondsSchema.default(EVALUATION_SECONDS),
  settle: secondsSchema.default(SCRAPE_TIMEOUT_SECONDS),
  retention: secondsSchema.optional(),
  ruler: z
    .strictObject({ rulesPerGroup: z.int().positive().default(RULES_PER_GROUP), groups: z.int().positive().optional() })
    .prefault({}),
  prometheus: z.literal(3).default(3),
  identity: labelListSchema.default([]),
  receivers: receiversSchema.default({}),
  watchdog: receiverSchema.optional(),
  severities: severitiesSchema.default(PRESETS.default),
  businessHours: businessHoursSchema.optional(),
  requiredLabels: z.array(requiredLabelSchema).default([]),
  dashboards: urlSchema.optional(),
  dataSource: uidSchema.optional(),
  queries: urlSchema.optional(),
  runbooks: urlSchema.optional(),
  policy: policySchema.optional(),
  secretsDirectory: directorySchema.default("/etc/alertmanager/secrets"),
  kubernetes: kubernetesSchema.optional(),
  buckets: bucketsSchema.default({}),
  foreign: z.array(z.string().min(1, { error: "the prefix is empty" })).default([]),
  metricTypes: z.record(z.string(), z.enum(["counter", "gauge"])).default({}),
});

function toPlatform(fields: z.output<typeof platformSchema>): Platform {
  const {
    scrapeInterval,
    evaluationInterval,
    settle,
    retention,
    ruler,
    prometheus,
    dashboards,
    queries,
    runbooks,
    ...same
  } = fields;
  return {
    ...same,
    receivers: same.receivers as Platform["receivers"],
    watchdog: same.watchdog as Platform["watchdog"],
    scrapeSeconds: scrapeInterval,
    evaluationSeconds: evaluationInterval,
    settleSeconds: settle,
    retentionSeconds: retention,
    ruler: { rulesPerGroup: ruler.rulesPerGroup, groups: ruler.groups },
    kubernetes: same.kubernetes,
    businessHours: same.businessHours as BusinessHours | undefined,
    dashboards: dashboards?.replace(/\/+$/, ""),
    dataSource: same.dataSource,
    policy: same.policy,
    queries: queries?.replace(/\/+$/, ""),
    runbooks,
  };
}

function filledIn({
  page = "page",
  ticket = "ticket",
  info = "info",
}: Partial<Record<Severity, string | undefined>>): Record<Severity, string> {
  return { page, ticket, info };
}

function soundPart(declared: unknown, problems: readonly Problem[]): Record<string, unknown> {
  const unsound = problems.map((problem) => problem.path[0]);
  return Object.fromEntries(
    Object.entries(isRecord(declared) ? declared : {}).filter(([key]) => !unsound.includes(key)),
  );
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
}
