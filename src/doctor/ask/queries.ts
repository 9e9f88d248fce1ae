/** What the doctor asks a Prometheus, as functions that give plain data. */
import type { Selector } from "../../promql/ast.ts";
import { print } from "../../promql/print.ts";
import { DAY } from "../../time/units.ts";
import { labelValues, series, vector } from "./answers.ts";
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
  const { result } = await ask(connection, "query", vector, { query });
  return result.flatMap(({ metric, value }) => (value ? [{ labels: metric, value: Number(value[1]) }] : []));
}

/** Whether any series of it is known within so many days. An index is asked, and no sample read. */
export async function isKnown(connection: Connection, selector: Selector, days: number): Promise<boolean> {
  const now = Math.floor(Date.now() / 1000);
  const range = { start: now - days * DAY, end: now, limit: 1 };
  return (await ask(connection, "series", series, { "match[]": print(selector), ...range })).length > 0;
}

/** Every value of a label, among the series of a selector. */
export async function valuesOf(connection: Connection, label: string, selector?: Selector): Promise<string[]> {
  const match = selector === undefined ? {} : { "match[]": print(selector) };
  return ask(connection, `label/${label}/values`, labelValues, { ...match, limit: 10_000 });
}

/** The name of every label that any series of a selector has. */
export async function labelsOf(connection: Connection, selector: Selector): Promise<string[]> {
  return ask(connection, "labels", labelValues, { "match[]": print(selector), limit: 10_000 });
}

/**
 * Of a Mimir or Thanos some of these are not there: that is no fault.
 *
 * @throws {NoAnswer} where it is there, and slow.
 */
export async function optional<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof NoAnswer && error.loss !== "slow") return undefined;
    throw error;
  }
}

/** What may remain unknown, whatever the reason. */
export async function ifKnown<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}
