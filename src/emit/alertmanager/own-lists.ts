/** What firebreak puts into the configuration of others: under names of its own, and for its own alerts alone. */
import { type Issue, issue } from "../../issue.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { AlertmanagerConfig, Receiver, Route } from "./config.ts";
import { isForFirebreak } from "./matcher.ts";
import { printConfig } from "./print-config.ts";

/** Items by the key of the list that they join. */
export interface Lists {
  readonly routes: readonly Route[];
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly object[];
  readonly time_intervals: readonly { readonly name: string }[];
  readonly templates: readonly string[];
}

export function ownLists(config: AlertmanagerConfig<Matcher>): Lists {
  // The others are for alerts that are not firebreak's, which the root of that configuration has.
  const ours = (config.route.routes ?? []).filter(isForFirebreak);
  const { route, inhibit_rules } = printConfig({ ...config, route: { ...config.route, routes: ours } });
  const routes = (route.routes ?? []).map(prefixedRoute);
  const used = new Set(routes.map(({ receiver }) => receiver));
  return {
    routes,
    receivers: config.receivers.map(prefixed).filter(({ name }) => used.has(name)),
    inhibit_rules,
    time_intervals: (config.time_intervals ?? []).map(prefixed),
    templates: config.templates,
  };
}

/** Names of ours that are theirs already. */
export function clashesWith(theirs: unknown, lists: Lists, file: string): Issue[] {
  const { receivers, time_intervals, mute_time_intervals } = theirs as Readonly<Record<string, unknown>>;
  return [
    ...clashes(namesIn(receivers), lists.receivers, [file, "receivers"]),
    ...clashes([...namesIn(time_intervals), ...namesIn(mute_time_intervals)], lists.time_intervals, [
      file,
      "time_intervals",
    ]),
  ];
}

const PREFIX = "firebreak-";

function prefixed<T extends { readonly name: string }>(one: T): T {
  return { ...one, name: PREFIX + one.name };
}

function prefixedRoute(route: Route): Route {
  const { active_time_intervals: active } = route;
  const times = active === undefined ? {} : { active_time_intervals: active.map((name) => PREFIX + name) };
  return { ...route, receiver: PREFIX + route.receiver, ...times };
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map((each: { name?: unknown } | null) => String(each?.name)) : [];
}

function clashes(theirs: readonly string[], ours: readonly { readonly name: string }[], path: string[]): Issue[] {
  return ours
    .filter(({ name }) => theirs.includes(name))
    .map(({ name }) =>
      issue(
        "duplicate-id",
        [...path, name],
        `${name} is there already, outside what firebreak has put there.`,
        "Give yours another name, or delete it if it was firebreak's and its comments are gone.",
      ),
    );
}
