/** The hand-written declaration types and the schemas say the same. The types are held to each other by tsc. */
import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type * as declared from "../../src/declare/declaration.ts";
import type { platformSchema } from "../../src/parse/platform/platform.ts";
import type { serviceSchema } from "../../src/parse/service/service-schema.ts";
import type { alertingSchema, tierSchema } from "../../src/parse/slo/alerting.ts";
import type { sloSchema } from "../../src/parse/slo/slo-schema.ts";
import type { spendSchema } from "../../src/parse/spend/spend-schema.ts";
import { type KindName, kinds } from "../../src/sli/index.ts";

/** Without `readonly`, without `undefined` where a field may be absent, and with durations and labels as text, as schemas see them. */
type Bare<T> = Same<T, declared.LabelName> extends true ? string : BareOf<T>;
type Same<T, Other> = [T] extends [Other] ? ([Other] extends [T] ? true : false) : false;
type BareOf<T> = T extends declared.Duration
  ? string
  : T extends readonly (infer Item)[]
    ? Bare<Item>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Bare<Exclude<T[Key], undefined>> }
      : T;

type KeysOfAll<Union> = Union extends unknown ? keyof Union : never;

test("a service", () => {
  // Its SLOs, budgets and experiments are read one by one; a missing owner has a code of its own.
  type Own<T> = Omit<T, "slos" | "budgets" | "experiments" | "owner">;
  expectTypeOf<Bare<Own<declared.ServiceDeclaration>>>().toEqualTypeOf<Bare<Own<z.input<typeof serviceSchema>>>>();
  expectTypeOf<keyof declared.ServiceDeclaration>().toEqualTypeOf<keyof z.input<typeof serviceSchema>>();
});

test("an SLO", () => {
  // Fields that come later take anything, and alerting is compared below.
  type Own<T> = Omit<T, "alerting" | "objectives" | "exclude">;
  expectTypeOf<Bare<Own<declared.SloDeclaration>>>().toEqualTypeOf<Bare<Own<z.input<typeof sloSchema>>>>();
  expectTypeOf<keyof declared.SloDeclaration>().toEqualTypeOf<keyof z.input<typeof sloSchema>>();
});

test("alerting and its tiers", () => {
  // An editor offers the names of the default tiers; a schema takes any name.
  type Own<T> = Omit<T, "tiers" | "overrides">;
  expectTypeOf<Bare<Own<declared.AlertingDeclaration>>>().toEqualTypeOf<Bare<Own<z.input<typeof alertingSchema>>>>();
  expectTypeOf<keyof declared.AlertingDeclaration>().toEqualTypeOf<keyof z.input<typeof alertingSchema>>();
  expectTypeOf<KeysOfAll<declared.TierDeclaration>>().toEqualTypeOf<keyof z.input<typeof tierSchema>>();
  expectTypeOf<Bare<declared.TierDeclaration>>().toExtend<Bare<z.input<typeof tierSchema>>>();
});

test("a budget", () => {
  expectTypeOf<Bare<declared.BudgetDeclaration>>().toEqualTypeOf<Bare<z.input<typeof spendSchema>>>();
});

test("the platform", () => {
  // Its target is a union of which fields go together, which the schema says by refinements.
  type Own<T> = Omit<T, "kubernetes">;
  expectTypeOf<Bare<Own<declared.PlatformDeclaration>>>().toEqualTypeOf<Bare<Own<z.input<typeof platformSchema>>>>();
  expectTypeOf<keyof declared.PlatformDeclaration>().toEqualTypeOf<keyof z.input<typeof platformSchema>>();
});

test("every kind has a declaration, and every declaration a kind", () => {
  expectTypeOf<declared.SliDeclaration["kind"]>().toEqualTypeOf<KindName>();
});

describe("the fields of an SLI", () => {
  type FieldsOf<Kind extends KindName> = KeysOfAll<Extract<declared.SliDeclaration, { kind: Kind }>>;
  /** tsc refuses a list that leaves out a field of the declaration or adds one. */
  const fields: { readonly [Kind in KindName]: Readonly<Record<FieldsOf<Kind>, true>> } = {
    events: { kind: true, total: true, bad: true, good: true },
    latency: { kind: true, histogram: true, threshold: true, type: true, buckets: true },
    gauge: { kind: true, metric: true, op: true, threshold: true, slice: true },
    probe: { kind: true, metric: true, slice: true },
    freshness: { kind: true, timestamp: true, maxAge: true, slice: true },
    throughput: { kind: true, metric: true, atLeast: true, atMost: true, slice: true },
    score: { kind: true, sum: true, count: true, max: true },
    ratio: { kind: true, good: true, bad: true, slice: true },
    composite: { kind: true, of: true, as: true },
  };

  test.each(Object.entries(fields))("%s", (kind, declaredFields) => {
    const schema = kinds[kind as KindName].schema as unknown as { readonly def: { readonly shape: object } };
    expect(Object.keys(schema.def.shape).sort()).toEqual(Object.keys(declaredFields).sort());
  });
});
