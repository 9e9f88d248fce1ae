/** What the other arbitraries are made of: texts, durations, labels, metrics. */
import fc from "fast-check";
import type { Amount, Duration, Metric, Severity, Text } from "../../../src/declare/declaration.ts";
import { anyText } from "../texts.ts";

/** Arbitraries of an object's fields. */
type Fields<T> = { readonly [K in keyof T]: fc.Arbitrary<T[K]> };

/** An object with all of `needed`, and each of `optional` now and then: few at a time, so that they seldom get in each other's way. */
export function declared<N extends object, O extends object>(
  needed: Fields<N>,
  optional: Fields<O>,
): fc.Arbitrary<N & Partial<O>> {
  const sparse = Object.entries<fc.Arbitrary<unknown>>(optional).map(([key, values]) => [
    key,
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, values),
  ]);
  return fc.record({ ...needed, ...Object.fromEntries(sparse) }).map(withoutUndefined) as unknown as fc.Arbitrary<
    N & Partial<O>
  >;
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function oneOf<const T>(...values: T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

export const severity = oneOf<Severity>("page", "ticket", "info");
export const interval = oneOf<Duration>("10s", "15s", "30s", "45s", "1m");
export const offset = oneOf("+00:00", "+01:00", "-05:00", "+05:30", "+14:00", "-11:45");
export const url = oneOf(
  "https://x.example.com/a",
  "https://x.example.com/a%20b/?x={{y}}&z=\"'",
  "http://localhost:80/#y",
);

/** Objectives: round ones, and any of two decimals. */
export const objective = fc.oneof(
  oneOf(50, 90, 95, 99, 99.5, 99.9, 99.99, 99.999),
  fc.integer({ min: 110, max: 9999 }).map((hundredths) => hundredths / 100),
);

const filled = anyText.filter((text) => text.trim() !== "");

/** Prose, harmful or not. */
export const prose = filled;

export const labels = fc.dictionary(oneOf("env", "pager", "squad", "cost_center"), filled, { maxKeys: 2 });

const text: fc.Arbitrary<Text> = fc.oneof(
  anyText,
  oneOf<Text>(
    { template: "{{ $labels.slo_service }} is at {{ $value | humanize }}" },
    { template: "plain" },
    { template: '{{ if eq $labels.slo "a" }}a{{ else }}b{{ end }}' },
  ),
);

export const annotations = fc.dictionary(oneOf("summary", "note", "dashboard", "impact"), text, { maxKeys: 2 });

/** Values of labels that tell groups apart. */
export const groupValue = oneOf(
  "gpt-4",
  "a",
  "b",
  "",
  "x.y|z",
  'q"uote',
  "back\\slash",
  "日本",
  "{{x}}",
  "line\nbreak",
);

const matcher = oneOf(
  'job="api"',
  'code=~"5.."',
  'code!~"4..|5.."',
  'path!="/health"',
  'route=~"/v1/.*|/v2/(a|b)"',
  'text="q\\"uote \\\\ {{x}}"',
  'region=~".+"',
);

/** A selector of the metric, with matchers or without. */
export function selectorOf(metric: string): fc.Arbitrary<string> {
  return fc
    .uniqueArray(matcher, { maxLength: 2, selector: (text) => text.split(/[=!]/)[0] })
    .map((matchers) => (matchers.length === 0 ? metric : `${metric}{${matchers.join(", ")}}`));
}

/** A counter as a selector, or as an expression of a rate with the group labels. */
export function counterOf(name: string, groupBy: readonly string[]): fc.Arbitrary<Metric> {
  const rate = `sum by (${groupBy.join(", ")}) (rate(${name}[$window]))`;
  return fc.oneof({ weight: 4, arbitrary: selectorOf(name) }, expressionOf(rate));
}

/** A gauge as a selector, or as an expression with the group labels. */
export function gaugeOf(name: string, groupBy: readonly string[]): fc.Arbitrary<Metric> {
  return fc.oneof({ weight: 4, arbitrary: selectorOf(name) }, expressionOf(`max by (${groupBy.join(", ")}) (${name})`));
}

function expressionOf(promql: string): fc.Arbitrary<Metric> {
  return declared({ promql: fc.constant(promql) }, { meaning: prose }) as fc.Arbitrary<Metric>;
}

/** Money or tokens, from little to a lot. */
export function amountOf(unit: string): fc.Arbitrary<Amount> {
  return fc.record({ amount: oneOf(0.01, 0.5, 3, 300, 12_500.75, 1_000_000, 2.5e12), unit: fc.constant(unit) });
}
