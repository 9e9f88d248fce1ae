/** SLOs on OpenTelemetry's GenAI metrics, shared by instrumented services and by gateways that speak the same names. */
import type { SliDeclaration } from "../../declare/declaration.ts";
import { share, within } from "../assemble/blueprints.ts";
import type { Blueprint } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { printWithWindow } from "../assemble/window.ts";
import { type GenaiHistogram, type GenaiNaming, genaiNames, observations, registryName } from "./genai-names.ts";

/** What all of these SLOs share. */
export interface GenaiContext {
  readonly select: Select;
  readonly naming: GenaiNaming;
  readonly histogram: GenaiHistogram;
  readonly groupBy: readonly string[];
  /** Labels that failed operations do not carry. */
  readonly lacks?: readonly string[];
  /** Matchers of the operations that availability counts, written with `$error`. */
  readonly counted: string;
  /** The bucket lists that count, where they are not those of the names alone. */
  readonly version?: string;
}

type Described = Pick<Blueprint, "name" | "description" | "objective" | "alerting">;

interface Outcome extends Described {
  /** The duration whose observations are the operations: `gen_ai.client.operation.duration`. */
  readonly of: string;
  /** Matchers on `error.type`, written with `$error`. */
  readonly total: string;
  readonly bad: string;
}

/** Operations by their `error.type`, which is absent on success. */
export function outcome(
  { select, naming, histogram, groupBy, lacks = [] }: GenaiContext,
  { of, total, bad, ...rest }: Outcome,
): Blueprint {
  const names = genaiNames(naming);
  const name = names.seconds(of);
  const matchers = (text: string) => text.replaceAll("$error", names.label("error.type"));
  const common = { ...rest, groupBy, lacks };
  if (histogram === "classic")
    return share({
      ...common,
      total: select(`${name}_count`, matchers(total)),
      bad: select(`${name}_count`, matchers(bad)),
    });
  const counted = (text: string, by: readonly string[]) => ({
    meaning: `observations of \`${select(name, matchers(text))}\``,
    promql: printWithWindow(observations(select, { name, matchers: matchers(text), by, stored: histogram })),
  });
  const sli = (by: readonly string[]): SliDeclaration => ({
    kind: "events",
    total: counted(total, by),
    bad: counted(bad, by),
  });
  return { ...common, sli: (chosen) => sli(chosen.groupBy) };
}

interface Duration extends Described {
  readonly of: string;
  readonly threshold: Blueprint["threshold"] & {};
  readonly companion: string;
  /** Whether failed operations are in it, too: then only the others count. */
  readonly hasErrors?: boolean;
}

/** Durations within a threshold. */
export function duration(
  { select, naming, histogram, groupBy, version }: GenaiContext,
  { of, hasErrors = false, ...rest }: Duration,
): Blueprint {
  const names = genaiNames(naming);
  const succeeded = hasErrors ? `${names.label("error.type")}=""` : "";
  const made = within({
    ...rest,
    groupBy,
    histogram: select(names.seconds(of), succeeded),
    type: histogram,
    ...(version && { version }),
  });
  return { ...made, histogram: registryName(of) };
}
