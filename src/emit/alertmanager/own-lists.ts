/** What firebreak puts into the configuration of others: under names of its own, and for its own alerts alone. */
import { type Issue, issue } from "../../issue.ts";
import type { AlertmanagerConfig, Receiver, Route } from "./config.ts";

/** Items by the key of the list that they join. */
export interface Lists {
  readonly routes: readonly Route[];
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly object[];
  readonly time_intervals: readonly { readonly name: string }[];
  readonly templates: readonly string[];
}

export function ownLists(config: AlertmanagerConfig): Lists {
  const routes = (config.route.routes ?? []).filter(isOurs).map(prefixedRoute);
  const used = new Set(routes.map(({ receiver }) => receiver));
  return {
    routes,
    receivers: config.receivers.map(prefixed).filter(({ name }) => used.has(name)),
    inhibit_rules: config.inhibit_rules,
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

/** The others are for alerts that are not firebreak's, which the root of that configuration has. */
function isOurs({ matchers = [] }: Route): boolean {
  return matchers.includes('slo_service!=""');
}

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
        `${name} is there already, outside of what firebreak has put there.`,
        "Give yours another name, or delete it if it was firebreak's and its comments are gone.",
      ),
    );
}
