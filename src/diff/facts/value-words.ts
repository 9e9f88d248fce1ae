/** Any declared value in words: for the fields that have none of their own. */
import { printNumber } from "../../promql/number.ts";
import { isMetric } from "../../sli/metric.ts";
import { metricWords } from "../../sli/words.ts";
import { detail, type Fact, type FactValue } from "./fact.ts";

/** A fact for each field that is not among `covered`: nothing that is declared can change unseen. */
export function otherFacts(declared: object, covered: readonly string[]): Fact[] {
  return Object.entries(declared)
    .filter(([field, value]) => !covered.includes(field) && value !== undefined)
    .map(([field, value]) => detail(field, labelOf(field), plainOf(value), valueWords(value)));
}

/** `at 0.8, severity page` of an object; `none` where there is nothing. */
export function valueWords(value: unknown): string {
  if (typeof value === "number") return printNumber(value);
  if (isMetric(value)) return metricWords(value);
  if (Array.isArray(value)) return value.map(valueWords).join("; ") || "none";
  if (typeof value !== "object" || value === null) return String(value ?? "none");
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return fields.map(([field, each]) => `${labelOf(field)} ${valueWords(each)}`).join(", ") || "none";
}

/** `runsEverySeconds` is `runs every seconds`. */
function labelOf(field: string): string {
  return field.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Metrics as people read them: how they are parsed is nobody's business. */
function plainOf(value: unknown): FactValue {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (isMetric(each) ? metricWords(each) : each)),
  ) as FactValue;
}
