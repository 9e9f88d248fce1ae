/** What random declarations reach: every field and every kind is among those that build. */
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { SliDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { experimentSchema } from "../../src/parse/experiment/experiment.ts";
import { platformSchema } from "../../src/parse/platform/platform.ts";
import { serviceSchema } from "../../src/parse/service/service-schema.ts";
import { alertingSchema } from "../../src/parse/slo/alerting.ts";
import { sloSchema } from "../../src/parse/slo/slo-schema.ts";
import { spendSchema } from "../../src/parse/spend/spend-schema.ts";
import { kindNames } from "../../src/sli/index.ts";
import { sample } from "./fuzz/sample.ts";

const worlds = sample({ first: 0, count: 500, seed: 1 }, ({ services, platform }) =>
  build({ services, platform, templates: {}, targets: [] }),
).map(({ world }) => world);
const services = worlds.flatMap((world) => world.services);
const slos = services.flatMap((service) => service.slos ?? []);
/** One value or a list of them. */
const everywhere = (field: keyof SloDeclaration): unknown[] =>
  slos.flatMap((slo) => [slo[field] ?? []].flat() as unknown[]);

test.each<[what: string, known: object, declared: readonly object[]]>([
  ["a platform", platformSchema.shape, worlds.map(({ platform }) => platform)],
  ["a service", serviceSchema.shape, services],
  ["an SLO", sloSchema.shape, slos],
  ["alerting", alertingSchema.shape, slos.flatMap(({ alerting }) => alerting ?? [])],
  ["a budget", spendSchema.shape, services.flatMap(({ budgets }) => budgets ?? [])],
  ["an experiment", experimentSchema.shape, services.flatMap(({ experiments }) => experiments ?? [])],
])("every field of %s is among what builds", (_what, known, declared) => {
  const used = new Set(declared.flatMap((each) => Object.keys(each)));
  expect(Object.keys(known).filter((field) => !used.has(field))).toEqual([]);
});

test("every kind of SLI is among what builds, in all its forms", () => {
  const slis = slos.map(({ sli }) => sli);
  expect([...new Set(slis.map(({ kind }) => kind))].sort()).toEqual([...kindNames].sort());
  expect([...new Set(slis.map(formOf))].sort()).toEqual(FORMS);
});

const FORMS = [
  "composite serial",
  "composite weighted",
  "composite worst",
  "events bad",
  "events good",
  "freshness",
  "gauge",
  "latency classic",
  "latency native",
  "latency nhcb",
  "probe",
  "ratio bad",
  "ratio good",
  "score",
  "throughput atLeast",
  "throughput atMost",
];

function formOf(sli: SliDeclaration): string {
  switch (sli.kind) {
    case "composite":
      return `composite ${sli.as}`;
    case "latency":
      return `latency ${sli.type ?? "classic"}`;
    default: {
      const field = ["atLeast", "atMost", "bad", "good"].find((each) => each in sli);
      return field === undefined ? sli.kind : `${sli.kind} ${field}`;
    }
  }
}

test("windows, slices and exclusions of every sort are among what builds", () => {
  const sorts = [...everywhere("window"), ...everywhere("exclude"), ...everywhere("budgeting")].map((each) =>
    typeof each === "string" ? each.replace(/^\d+/, "") : Object.keys(each as object).join("+"),
  );
  expect([...new Set(sorts)]).toEqual(
    expect.arrayContaining([
      "h",
      "d",
      "w",
      "calendar",
      "calendar+offset",
      "reason+from+to",
      "reason+weekly",
      "reason+monthly",
      "events",
      "kind+slice+target",
    ]),
  );
  expect(everywhere("window").length).toBeGreaterThan(slos.filter(({ window }) => window !== undefined).length);
});
