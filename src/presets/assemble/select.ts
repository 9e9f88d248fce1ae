/** Selectors of a preset: the metric, its own matchers, and those that the user gave for all. */
import type { Matcher, Selector } from "../../promql/ast.ts";
import { parseSelector } from "../../promql/grammar/parse.ts";
import { print } from "../../promql/print.ts";

/** A metric with matchers as PromQL has them between its braces: `select("http_requests_total", 'code=~"5.."')`. */
export interface Select {
  (metric: string, matchers?: string, more?: readonly Matcher[]): string;
  /** The same as a value, for expressions. */
  readonly node: (metric: string, matchers?: string, more?: readonly Matcher[]) => Selector;
  readonly job: string | undefined;
  /** The same for another job. */
  readonly ofJob: (job: string | undefined) => Select;
}

/** Selectors that all carry these matchers, in front of their own. */
export function selectWith(target: readonly Matcher[], job: string | undefined): Select {
  const node = (metric: string, matchers = "", more: readonly Matcher[] = []): Selector => {
    const given = readMetric(metric);
    return { ...given, matchers: [...target, ...given.matchers, ...more, ...ownMatchers(matchers)] };
  };
  const ofJob = (other: string | undefined) =>
    other === undefined ? select : selectWith([{ label: "job", op: "=", value: other }, ...withoutJob(target)], other);
  const select: Select = Object.assign((...given: Parameters<typeof node>) => print(node(...given)), {
    node,
    job,
    ofJob,
  });
  return select;
}

/** The matchers of `job="api",namespace="prod"`, or what is wrong with them. */
export function parseMatchers(text: string) {
  const parsed = parseSelector(`{${text}}`);
  return parsed.ok
    ? { ok: true as const, value: parsed.value.matchers }
    : { ok: false as const, problem: { ...parsed.problem, at: Math.max(0, parsed.problem.at - 1) } };
}

/** A metric's name, or a selector that a user gave in its place. Names with dots parse as nothing else. */
function readMetric(metric: string): Selector {
  const parsed = parseSelector(metric);
  return parsed.ok ? parsed.value : { node: "selector", metric, matchers: [] };
}

function withoutJob(target: readonly Matcher[]): readonly Matcher[] {
  return target.filter(({ label, op }) => label !== "job" || op !== "=");
}

function ownMatchers(text: string): readonly Matcher[] {
  if (text === "") return [];
  const parsed = parseMatchers(text);
  if (!parsed.ok) throw new Error(`a preset has unsound matchers, ${text}: ${parsed.problem.message}`);
  return parsed.value;
}
