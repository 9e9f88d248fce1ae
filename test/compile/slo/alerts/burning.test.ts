/** For how long tickets and dependants are held back after the last page. */
import { expect, test } from "vitest";
import { planOf } from "../../../sli/history.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

function heldSeconds(window: "30d" | "6h"): number | undefined {
  const alerts = planOf({ sli, window }).services[0]?.slos[0]?.groups.flatMap(({ rules }) => rules) ?? [];
  const burning = alerts.find((rule) => rule.type === "alert" && rule.alert === "SloBurning");
  return burning?.type === "alert" ? burning.keepFiringForSeconds : undefined;
}

// The slowest ticket of 30d looks at 6h too, from tiles of 4m.
test("is its longest short window and one evaluation of what reads tiles", () =>
  expect(heldSeconds("30d")).toBe(6 * 3600 + 240));

// 120th of what it is for 30d: 3m, and 30s between evaluations. Nothing reads tiles.
test("is its longest short window and one evaluation, where nothing reads tiles", () =>
  expect(heldSeconds("6h")).toBe(180 + 30));
