/** Boundaries that client libraries give histograms without any of their own, by name: `buckets: "client_golang"`. */
import { z } from "zod";

const GO = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const PYTHON = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const OTEL_SDK = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

/** In seconds except `otel-sdk`, whose instruments without advice have milliseconds. */
const clientBuckets = {
  /** `DefBuckets` of prometheus/client_golang. */
  client_golang: GO,
  /** `Histogram.DEFAULT_BUCKETS` of prometheus/client_python. */
  client_python: PYTHON,
  /** The default of siimon/prom-client, for Node. */
  "prom-client": GO,
  /** What OpenTelemetry's conventions advise for HTTP and RPC. */
  "otel-http": PYTHON,
  /** OpenTelemetry's SDKs, where an instrument has no advice. */
  "otel-sdk": OTEL_SDK,
} as const satisfies Record<string, readonly number[]>;

type ClientBuckets = keyof typeof clientBuckets;

/** A list of boundaries, or the name of one. */
export const boundariesSchema = z
  .union([
    z.enum(Object.keys(clientBuckets) as [ClientBuckets, ...ClientBuckets[]]),
    z.array(z.number()).min(1, { error: "the list of boundaries is empty" }),
  ])
  .transform((given): number[] => (typeof given === "string" ? [...clientBuckets[given]] : given));
