/** What the doctor asks a Prometheus, as functions that give plain data. */
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import { DAY } from "../time/units.ts";
import { type Connection, NoAnswer } from "./no-answer.ts";
import { ask } from "./prometheus.ts";

export type Labels = Readonly<Record<string, string>>;

/** The value of a query with one sample; undefined: there is none. */
export async function sampleOf(connection: Connection, query: string): Promise<number | undefined> {
  const [sample] = await vectorOf(connection, query);
  return sample?.value;
}

export async function vectorOf(
  connection: Connection,
  query: string,
): Promise<{ readonly labels: Labels; readonly value: number }[]> {
  interface Vector {
    readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[];
  }
  const { result } = await ask<Vector>(connection, "query", { query });
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

/** Whether any series of it is known within so many days. An index is asked, and no sample read. */
export async function isKnown(connection: Connection, selector: Selector, days: number): Promise<boolean> {
  const now = Math.floor(Date.now() / 1000);
  const range = { start: now - days * DAY, end: now, limit: 1 };
  return (await ask<readonly Labels[]>(connection, "series", { "match[]": print(selector), ...range })).length > 0;
}

/** Every value of a label, among the series of a selector. */
export async function valuesOf(connection: Connection, label: string, selector?: Selector): Promise<string[]> {
  const match = selector === undefined ? {} : { "match[]": print(selector) };
  return ask<string[]>(connection, `label/${label}/values`, { ...match, limit: 10_000 });
}

/** Of a Mimir or Thanos some of these are not there: that is no fault. */
export async function optional<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}
