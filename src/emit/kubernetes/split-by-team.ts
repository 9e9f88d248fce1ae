/**
 * Routes in several AlertmanagerConfigs, where they are too large for one: its receivers hold their texts, since the object
 * brings no template. Every team is in one part with all that is its own, and an alert meets the routes of one part alone.
 */
import type { Matcher } from "../../promql/ast.ts";
import type { AlertmanagerConfig, InhibitRule, Receiver, Route } from "../alertmanager/config.ts";
import { isForFirebreak, isOneOf } from "../alertmanager/matcher.ts";
import { printInhibitRule } from "../alertmanager/print-config.ts";
import { bytesInObject, bytesOf, type Part, splitBySize } from "./split-by-size.ts";

/** A configuration for some of the teams. */
export interface TeamPart extends Omit<AlertmanagerConfig<Matcher>, "templates"> {
  /** Nothing for the part that also has what belongs to no team. */
  readonly suffix: string;
  /** Which owners' alerts come here; undefined where all do. */
  readonly owner: Matcher | undefined;
}

/** @param size - Bytes of a part in its object. */
export function splitByTeam(config: AlertmanagerConfig<Matcher>, size: (part: TeamPart) => number): TeamPart[] {
  const routes = (config.route.routes ?? []).filter(isForFirebreak);
  const whole = {
    ...config,
    route: { ...config.route, routes },
    inhibit_rules: inhibitionBeside(config.inhibit_rules),
  };
  const owners = [...new Set(routes.flatMap(ownersOf))];
  const shared = size(partOf(whole, []));
  const sizeOf = (owner: string) => size(partOf(whole, [owner])) - shared;
  const parts = splitBySize(owners, { name: (owner) => owner, size: sizeOf });
  if (parts.length <= 1) return [{ ...whole, suffix: "", owner: undefined }];
  const others = parts.filter(({ suffix }) => suffix !== "");
  const first = parts.find(({ suffix }) => suffix === "")?.items ?? [];
  return [
    { ...partOf(whole, first), owner: isNoneOf(others.flatMap(({ items }) => items)) },
    ...others.map(({ suffix, items }) => ({
      ...partOf({ ...whole, inhibit_rules: [] }, items),
      suffix,
      owner: isOneOf("owner", items),
    })),
  ];
}

/** Inhibition that is too large to stand beside routes. It needs no route: Alertmanager has one list of it. */
export function splitInhibition(rules: readonly InhibitRule<Matcher>[]): Part<InhibitRule<Matcher>>[] {
  if (inhibitionBeside(rules).length > 0) return [];
  const text = (rule: InhibitRule<Matcher>) => JSON.stringify(printInhibitRule(rule));
  return splitBySize(rules, { name: text, size: (rule) => bytesOf(text(rule)) });
}

/** As much as an object has room for that is full of teams. */
const ROOM = 16 * 1024;

function inhibitionBeside(rules: readonly InhibitRule<Matcher>[]): readonly InhibitRule<Matcher>[] {
  return bytesInObject(rules.map(printInhibitRule)) <= ROOM ? rules : [];
}

function ownersOf({ matchers = [] }: Route<Matcher>): string[] {
  return matchers.flatMap(({ label, op, value }) => (label === "owner" && op === "=" ? [value] : []));
}

/** What these teams have, and what belongs to no team: an alert that no team's route takes must end as it would in the whole. */
function partOf(whole: AlertmanagerConfig<Matcher>, owners: readonly string[]): TeamPart {
  const routes = (whole.route.routes ?? []).filter((route) => ownersOf(route).every((owner) => owners.includes(owner)));
  const route = { ...whole.route, routes };
  return { ...whole, route, receivers: named(whole.receivers, route), suffix: "", owner: undefined };
}

function named(receivers: readonly Receiver[], { receiver, routes = [] }: Route<Matcher>): Receiver[] {
  const names = new Set([receiver, ...routes.map((route) => route.receiver)]);
  return receivers.filter(({ name }) => names.has(name));
}

function isNoneOf(owners: readonly string[]): Matcher {
  const { op, ...rest } = isOneOf("owner", owners);
  return { ...rest, op: op === "=" ? "!=" : "!~" };
}
