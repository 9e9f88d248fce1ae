/**
 * What a Prometheus answers, as far as it is read: what else an answer holds does not matter. Fields that only some of
 * its relatives have are optional.
 */
import { z } from "zod";

const words = z.record(z.string(), z.string());

/** A query with a vector as its result. A sample that is a native histogram has no value. */
export const vector = z.object({
  result: z.array(z.object({ metric: words, value: z.tuple([z.number(), z.string()]).optional() })),
});

/** A query that was asked with `stats`. */
export const queryStats = z.object({
  stats: z.object({ samples: z.object({ totalQueryableSamples: z.number().optional() }).optional() }).optional(),
});

export const series = z.array(words);

export const labelValues = z.array(z.string());

export const buildInfo = z.object({ version: z.string().optional() });

export const runtimeInfo = z.object({
  storageRetention: z.string().optional(),
  startTime: z.string().optional(),
  serverTime: z.string().optional(),
});

export type RuntimeInfo = z.output<typeof runtimeInfo>;

export const headStats = z.object({ headStats: z.object({ numSeries: z.number() }) });

export const notified = z.object({ activeAlertmanagers: z.array(z.unknown()) });

export const activeTargets = z.object({
  activeTargets: z.array(z.object({ labels: words, scrapeInterval: z.string().exactOptional() })),
});

export const flagValues = words;

export const configurationText = z.object({ yaml: z.string() });

const scraping = z.object({
  scrape_native_histograms: z.boolean().optional(),
  metric_name_validation_scheme: z.string().optional(),
  external_labels: words.optional(),
});

/** What that text holds; nothing where it is none. */
export const configuration = z
  .object({ global: scraping.catch({}), scrape_configs: z.array(scraping).catch([]) })
  .catch({ global: {}, scrape_configs: [] });

const rule = z.object({
  type: z.enum(["recording", "alerting"]),
  name: z.string(),
  query: z.string(),
  health: z.string().exactOptional(),
  lastError: z.string().exactOptional(),
  labels: words.exactOptional(),
  duration: z.number().exactOptional(),
  keepFiringFor: z.number().exactOptional(),
  annotations: words.exactOptional(),
});

export const ruleGroups = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      interval: z.number(),
      lastEvaluation: z.string(),
      // In seconds; not every server says it.
      evaluationTime: z.number().exactOptional(),
      rules: z.array(rule),
    }),
  ),
});
