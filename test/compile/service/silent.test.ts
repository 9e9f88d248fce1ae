/** Which SLOs of a service are known to be silent at once, and which only after two of their slices. */
import { expect, test } from "vitest";
import { type Had, silentNow } from "../../../src/compile/service/silent.ts";
import { on } from "../../../src/promql/build.ts";
import { print } from "../../../src/promql/print.ts";
import { planOfAll } from "../../sli/history.ts";

const events = (name: string) =>
  ({ name, objective: 99, sli: { kind: "events", total: "requests_total", bad: "errors_total" } }) as const;
const slow = (name: string) =>
  ({ name, objective: 99, sli: { kind: "probe", metric: "probe_success", slice: "10m" } }) as const;
const had = { counted: (of) => of("counted"), seen: (of) => of("seen"), longSeconds: 600 } satisfies Had;

test("those with long slices are all left out where the others are asked for, and asked for by themselves", () => {
  const slos = planOfAll([events("a"), slow("b"), slow("c")]).services[0]?.slos ?? [];
  const text = print(silentNow("svc", slos, had, on("slo")));
  expect(text).toContain('counted{slo_service="svc", slo!~"b|c"}');
  expect(text).toContain('seen{slo_service="svc", slo=~"b|c"}');
});
