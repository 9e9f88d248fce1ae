/** GPUs by NVIDIA's DCGM exporter. Names: etc/default-counters.csv; labels: internal/pkg/rendermetrics. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { aggregate, binary, call, number, offset, text } from "../../promql/build.ts";
import { HOUR_MS } from "../../time/units.ts";
import { bounded, ticketsOnly } from "../assemble/blueprints.ts";
import type { Blueprint } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";

/** Exceptions of kernels, faults of their memory accesses, and what ends with their process: an application's. */
export const ignoredXids = "13|31|43|45";

/** Errors and temperatures, by host. `ignored` is a pattern of XIDs that are nobody's fault here. */
export function gpus({ node }: Select, ignored: string): Blueprint[] {
  const common = {
    groupBy: [HOST],
    lacks: ["namespace", "deployment"],
    alerting: ticketsOnly,
    op: "<=" as const,
  };
  const xid = node("DCGM_FI_DEV_XID_ERRORS");
  const own = node("DCGM_FI_DEV_XID_ERRORS", `err_code!~"${ignored}"`);
  return [
    bounded({
      ...common,
      name: "gpu-errors",
      description: "No GPU reports an error (XID), except those of applications. Each counts for an hour.",
      objective: 99.9,
      metric: { meaning: "the error (XID) that a GPU had within the hour", of: highest(newWithinTheHour(xid, own)) },
      threshold: 0,
    }),
    bounded({
      ...common,
      name: "gpu-temperature",
      description: "No GPU is too hot, in degrees Celsius.",
      objective: 99,
      metric: {
        meaning: "the temperature of the hottest GPU in degrees Celsius",
        of: highest(node("DCGM_FI_DEV_GPU_TEMP")),
      },
      threshold: 85,
    }),
  ];
}

const HOST = "hostname";

/**
 * The gauge keeps the last error until the exporter restarts: what it shows now and did not an hour ago is new. An error that
 * follows one of its own kind is not seen.
 */
function newWithinTheHour(xid: Selector, own: Selector): Expr {
  const old = binary("==", own, offset(own, HOUR_MS));
  return binary("or", binary("unless", own, old), binary("*", xid, number(0)));
}

/** Before 4.6.0 the exporter called the label `Hostname`. */
function highest(value: Expr) {
  const named = call("label_replace", value, text(HOST), text("$1"), text("Hostname"), text("(.+)"));
  return (by: readonly string[]) => aggregate("max", by, named);
}
