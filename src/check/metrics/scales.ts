/** Whether a gauge is in the scale that it is read in: a ratio from 0 to 1, a probe of 0 and 1, a time in Unix seconds. */
import type { Wanted } from "./uses.ts";

/** What the name says of another scale, after the name itself, and what to divide by or to write instead. */
export type OtherScale = { readonly message: string } & (
  | { readonly divisor: number; readonly hint?: never }
  | { readonly hint: string; readonly divisor?: never }
);

/** The other scale that a name tells; undefined where it tells none. */
export function scaleByName(as: Wanted, metric: string): OtherScale | undefined {
  const name = metric.replaceAll(".", "_");
  if (as === "ratio") return ofRatio(name);
  if (as === "probe") return ofProbe(name);
  return as === "time" ? ofTime(name) : undefined;
}

const PERCENT =
  /_(percent|percentage|pct)(_\w+)?$|^aws_.*_?(utilization|percentage)_(average|minimum|maximum)$|^DCGM_FI_.*_UTIL$/;

function ofRatio(name: string): OtherScale | undefined {
  if (PERCENT.test(name))
    return { message: "looks like a percentage; a ratio between 0 and 1 is needed", divisor: 100 };
  if (!MEASURED.test(name)) return undefined;
  return {
    message: "does not look like a ratio; one between 0 and 1 is needed",
    hint: "Divide it by what it is a share of in { promql }; for a limit on it write gauge({ metric, op, threshold })",
  };
}

/** Amounts: times, sizes, numbers of things. */
const MEASURED =
  /_(seconds|milliseconds|millis|ms|microseconds|bytes|celsius|volts|watts|load1|load5|load15|depth|length|lag|backlog|replicas|replicas_available|threads|goroutines|status_code)$/;

function ofProbe(name: string): OtherScale | undefined {
  if (!PERCENT.test(name) && !/_(ratio|score)$/.test(name) && !MEASURED.test(name)) return undefined;
  return {
    message: "holds other values than 0 and 1 by its name, where 1 is a success",
    hint: "Write gauge({ metric, op, threshold }) with the limit that it has to keep",
  };
}

function ofTime(name: string): OtherScale | undefined {
  if (/_(milliseconds|millis|ms)$/.test(name))
    return { message: "looks like milliseconds; Unix seconds are needed", divisor: 1000 };
  if (/_(duration|age|elapsed|latency|took)(_seconds)?$|_(minutes|hours|days)$/.test(name))
    return { message: "looks like a duration, not a timestamp", hint: TIME_HINT };
  if (/^(up|probe_success|node_time_seconds)$/.test(name))
    return { message: "is not the time of a success: it would always be fresh, or never", hint: TIME_HINT };
  return undefined;
}

const TIME_HINT =
  "Give the gauge that holds the Unix time of the last success, such as `…_last_success_timestamp_seconds`";
