/** Ratios that something else has measured: a share that is good, or one that is bad, of each slice. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistory } from "../history.ts";

describeWithEngine("promtool", "ratios on the real engine", () => {
  test.each([
    ["good", 0.9, 3],
    ["bad", 0.1, 3],
    ["good", 1, 0],
    ["bad", 1, 30],
  ] as const)("half an hour of %s = %d is %d bad slices", (side, value, bad) =>
    expectHistory({ sli: { kind: "ratio", [side]: "app:ratio" }, noTraffic: "ignore" } as Partial<SloDeclaration>, {
      series: { "app:ratio": `${value}x59` },
      expectations: [["30m", `round(${counted("bad")}, 0.001)`, { "{}": bad }]],
    }),
  );
});
