/** First checks of an engine that batches requests and keeps their tokens in a cache. */
import type { CheckDeclaration } from "../../declare/declaration.ts";
import type { Select } from "../assemble/select.ts";

interface Batch {
  readonly waiting: string;
  readonly running: string;
  /** What bounds the batch, by its name in the engine. */
  readonly limit: string;
  /** What the engine calls the share of its cache in use, and the metric. */
  readonly cache: { readonly what: string; readonly metric: string };
}

/** What waits, what runs, and whether the cache is full; by model. */
export function batchChecks({ waiting, running, limit, cache }: Batch, select: Select): CheckDeclaration[] {
  return [
    {
      what: "Requests that wait",
      how: "Many wait: the engine is too small, or too much arrives. Add replicas, or shed load.",
      query: `sum by (model_name) (${select(waiting)})`,
    },
    {
      what: "Requests that run",
      how: `At \`${limit}\` a batch is full; at nothing the engine hangs: restart it.`,
      query: `sum by (model_name) (${select(running)})`,
    },
    {
      what: cache.what,
      how: "Near 1 while requests wait: long prompts and answers fill it. Limit their length, or add replicas.",
      query: `max by (model_name) (${select(cache.metric)})`,
    },
  ];
}
