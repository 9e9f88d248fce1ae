/**
 * What was declared of a service, as the engine compares and shows it: lists are records by id, so that a preview reads
 * `slos.availability.objective: 99.9 => 99.95`, and another order is not a change.
 */
import type { ServicePlan, SloPlan } from "../compile/plan.ts";
import type { ServiceDeclaration, SloDeclaration } from "../declare/declaration.ts";
import { printSeconds } from "../promql/duration.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface ServiceSpec {
  readonly owner: string;
  readonly slos: Readonly<Record<string, Fields>>;
  readonly [field: string]: unknown;
}

/** The spec of a service that was parsed, with the declaration that it was parsed from. */
export function serviceSpec(plan: ServicePlan, declarations: readonly ServiceDeclaration[]): ServiceSpec {
  const declared = declarations.find(({ name }) => name === plan.service.name);
  const {
    name: _name,
    slos: _slos,
    budgets = [],
    experiments = [],
    formerly: _formerly,
    ...rest
  } = declared ?? ({} as ServiceDeclaration);
  return {
    ...plain(rest),
    owner: plan.service.owner,
    slos: byName(plan.slos.map((slo) => [slo.slo.name, sloSpec(slo, declared)])),
    ...named("budgets", budgets),
    ...named("experiments", experiments),
  };
}

function sloSpec({ slo, tiers }: SloPlan, declared: ServiceDeclaration | undefined): Fields {
  const own = declared?.slos?.find(({ name }) => name === slo.name) ?? ({} as SloDeclaration);
  const {
    name: _name,
    alerting: _alerting,
    formerly: _formerly,
    groupBy: _groupBy,
    dependsOn: _dependsOn,
    ...rest
  } = own;
  return {
    ...plain(rest),
    window: typeof own.window === "object" ? own.window : printSeconds(slo.windowSeconds),
    ...inOrder("groupBy", slo.groupBy),
    ...inOrder("dependsOn", slo.dependsOn),
    tiers: byName(
      tiers.map(({ name, severity, longSeconds, shortSeconds, burn }) => [
        name,
        { severity, long: printSeconds(longSeconds), short: printSeconds(shortSeconds), burn },
      ]),
    ),
  };
}

function named(key: string, list: readonly { readonly name: string }[]): Fields {
  return list.length === 0 ? {} : { [key]: byName(list.map(({ name, ...fields }) => [name, plain(fields)])) };
}

function inOrder(key: string, list: readonly string[]): Fields {
  return list.length === 0 ? {} : { [key]: [...list].sort() };
}

function byName(entries: readonly (readonly [string, Fields])[]): Readonly<Record<string, Fields>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without what the engine cannot keep, such as fields that are undefined. */
function plain(value: object): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}
