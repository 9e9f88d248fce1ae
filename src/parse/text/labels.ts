/** Label names and values in declarations: what Prometheus takes, what this project needs for itself, and what is dangerous. */
import { z } from "zod";
import { isGroupLabel } from "../../promql/group-label.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { refuseCredential } from "../read/credentials.ts";
import { isUserLabel } from "./label-values.ts";

/**
 * Labels that every alert carries already, or that tell nothing apart: with one of them in a group, two burning
 * groups make a rule fail, and nothing fires.
 */
const reservedLabels: readonly string[] = [
  "alertname",
  "slo",
  "slo_service",
  "tier",
  "severity",
  "owner",
  "long",
  "short",
  "threshold",
  "le",
  "quantile",
  "count",
  "part",
  "reason",
  "proof",
  "slo_day",
  "slo_week",
  "slo_month",
  "slo_quarter",
  "slo_year",
  "alertstate",
  "objective",
  "window",
  "sli",
  "sli_hash",
  "review_by",
  "budget",
  "scope",
  "experiment",
  "slo_counter",
];

/** Labels with which Prometheus tells the series of one measurement apart. */
const OF_ONE_METRIC: ReadonlyMap<string, string> = new Map([
  ["le", "`le` tells the buckets of a histogram apart, and most events are in several of them"],
  ["quantile", "`quantile` tells the quantiles of a summary apart, and they count no events"],
]);

const GROUP_LABEL_HINT = "Group by another label, or rename it when it is scraped.";

/** The name of a label that may tell groups apart. */
const labelNameSchema = z.string().transform((name, context): string => {
  if (!DOTTED.test(name))
    return refuse(context, "bad-label", `${JSON.stringify(name)} is not a label name`, hintFor(name));
  if (!isGroupLabel(name))
    return refuse(context, "bad-label", `PromQL does not read \`${name}\` as a label`, GROUP_LABEL_HINT);
  const inside = OF_ONE_METRIC.get(name);
  if (inside !== undefined)
    return refuse(context, "reserved-label", inside, "Leave it out, or group by another label.");
  if (isReserved(name))
    return refuse(context, "reserved-label", `\`${name}\` is a label of the alerts themselves`, GROUP_LABEL_HINT);
  if (isUserLabel(name))
    return refuse(
      context,
      "user-label",
      `\`${name}\` names a person, so every user would create their own series`,
      USER_HINT,
    );
  return name;
});

/** The name of a label that series are grouped by, whatever else it is. */
export const groupLabelSchema = z
  .string()
  .refine((name) => DOTTED.test(name), {
    error: "it is not a label name",
    params: fault("bad-label", "Names have letters, digits, underscores and dots only."),
  })
  .refine(isGroupLabel, {
    error: "PromQL does not read it as a label",
    params: fault("bad-label", GROUP_LABEL_HINT),
  });

/** Names of labels, each once. */
export const labelListSchema = z.array(labelNameSchema).superRefine((names, context) => {
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    context.addIssue({
      code: "custom",
      path: [index],
      message: `\`${name}\` is named twice`,
      params: fault("duplicate-id", "Name every label once."),
    });
  });
});

/** Labels to add, by name. */
export const labelsSchema = z
  .record(z.string(), z.string())
  .superRefine((labels, context) => {
    for (const [name, value] of Object.entries(labels)) {
      refuseCredential(value, { addIssue: (problem) => context.addIssue({ ...problem, path: [name] }) });
      const problem = problemOf(name, value);
      if (problem)
        context.addIssue({ code: "custom", path: [name], message: problem.message, params: { fault: problem.fault } });
    }
  })
  .transform(inKeyOrder);

/** In what order fields were written means nothing, so it must not show. */
export function inKeyOrder<T>(fields: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A name of Prometheus' classic alphabet, which every part of the pipeline takes. */
export function isLabelName(name: string): boolean {
  return LEGACY.test(name);
}

/** With the dots of OpenTelemetry's names, too. */
export function isDottedName(name: string): boolean {
  return DOTTED.test(name);
}

/** Where what such a label would say is said. */
const RESERVED_HINTS: Readonly<Record<string, string>> = {
  severity:
    'Leave it out: tiers have severities, and the platform\'s `severities` maps them to your words, such as severities: { page: "critical" }.',
  owner: "Leave it out: the service's `owner` becomes this label.",
};

const LEGACY = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** With the dots of OpenTelemetry's names, which Prometheus 3 keeps where it is configured not to translate them. */
const DOTTED = /^[a-zA-Z_][a-zA-Z0-9_.]*$/;
const USER_HINT =
  "Use a label with few values, such as `user_tier`; who it was belongs in logs and traces. A limit per user needs no such label: count users over it per tier, observe each user's day in a histogram, or give a budget by tier `activeUsers` (docs/spend.md).";

function isReserved(name: string): boolean {
  return name.startsWith("__") || reservedLabels.includes(name);
}

function problemOf(name: string, value: string) {
  if (!DOTTED.test(name))
    return { message: `${JSON.stringify(name)} is not a label name`, ...fault("bad-label", hintFor(name)) };
  if (isReserved(name))
    return {
      message: `\`${name}\` is a label of the alerts themselves`,
      ...fault("reserved-label", RESERVED_HINTS[name] ?? "Choose another name."),
    };
  if (isUserLabel(name)) return { message: `\`${name}\` names a person`, ...fault("user-label", USER_HINT) };
  if (value === "")
    return {
      message: `\`${name}\` is empty, which is the same as having no label`,
      ...fault("bad-label", "Give it a value, or leave it out."),
    };
  return undefined;
}

function hintFor(name: string): string {
  const close = name.replaceAll(/[^a-zA-Z0-9_.]/g, "_").replace(/^(?=[0-9])/, "_");
  return close === ""
    ? "Give a name of letters, digits, underscores and dots."
    : `Names have letters, digits, underscores and dots only: \`${close}\`.`;
}
