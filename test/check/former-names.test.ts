/** Former names that lead nowhere. */
import { expect, test } from "vitest";
import { events } from "../../src/index.ts";
import { findingsOf } from "./findings.ts";

const slo = (name: string, ...formerly: string[]) => ({
  name,
  objective: 99,
  sli: events({ total: "requests_total", bad: "errors_total" }),
  formerly,
});
const found = (...slos: readonly object[]): string[] => findingsOf("former-names", slos);

test("has nothing against a name that is gone, and one that a successor had in between", () => {
  expect(found(slo("c", "b", "a"), slo("d", "e"))).toEqual([]);
});

test("finds its own name, and one that another has now", () => {
  expect(found(slo("a", "a"))).toEqual(["former-name gateway.slos[0].formerly[0]"]);
  expect(found(slo("a", "b"), slo("b", "a"))).toEqual([
    "former-name gateway.slos[0].formerly[0]",
    "former-name gateway.slos[1].formerly[0]",
  ]);
});

test("finds a name that two claim", () => {
  expect(found(slo("c", "a"), slo("d", "b", "a"))).toEqual(["former-name gateway.slos[1].formerly[1]"]);
});

test("finds the same of services", () => {
  expect(findingsOf("former-names", [slo("a")], {}, { formerly: ["gateway"] })).toEqual([
    "former-name gateway.formerly[0]",
  ]);
});
