/** What a running Prometheus and Alertmanager have loaded, as their APIs tell it: by name, and as text. */
import { basename } from "node:path";
import { parse } from "yaml";
import type { AlertmanagerConfig } from "../../../src/emit/alertmanager/config.ts";
import { PATIENCE_MS } from "../../support/live-wait.ts";

export type Loaded = ReadonlyMap<string, string>;

interface Rule {
  readonly name: string;
  readonly query: string;
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly labels?: object;
  readonly annotations?: object;
}

interface Group {
  readonly file: string;
  readonly name: string;
  readonly interval: number;
  readonly rules: readonly Rule[];
}

/** Every rule by file, group, place and name, without what its evaluation found. */
export async function loadedRules(url: string): Promise<Loaded> {
  const { data } = (await answer(`${url}/api/v1/rules`)) as { readonly data: { readonly groups: readonly Group[] } };
  return new Map(
    data.groups.flatMap(({ file, name, interval, rules }) =>
      rules.map((rule, index): [string, string] => [
        `${basename(file)} ${name} ${index} ${rule.name}`,
        JSON.stringify([interval, rule.query, rule.duration, rule.keepFiringFor, rule.labels, rule.annotations]),
      ]),
    ),
  );
}

/** Every route by its receiver. */
export async function loadedRoutes(url: string): Promise<Loaded> {
  const { config } = (await answer(`${url}/api/v2/status`)) as { readonly config: { readonly original: string } };
  const { route } = parse(config.original) as AlertmanagerConfig;
  return new Map((route.routes ?? []).map((each): [string, string] => [each.receiver ?? "", JSON.stringify(each)]));
}

async function answer(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** Names of what came, went or is another; sorted. */
export function differing(before: Loaded, after: Loaded): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => before.get(name) !== after.get(name)).sort();
}
