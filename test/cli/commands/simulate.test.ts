/** `firebreak simulate` as a process. */
import { expect, test } from "vitest";
import { firebreak, project, SOUND } from "../firebreak.ts";

interface Simulated {
  readonly ok: boolean;
  readonly slos: readonly { readonly id: string; readonly outcomes: readonly { readonly name: string }[] }[];
}

test("prints what fires in each history, and that the traffic is assumed", async () => {
  const { status, stdout } = await firebreak(project(SOUND), ["simulate"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/everything fails, for 30m +page-fast \(page\)/);
  expect(stdout).toContain("assumed: declare eventsPerDay");
});

test("takes a folder or a module, and gives data", async () => {
  const root = project(SOUND);
  for (const where of [".", "slos/index.ts"]) {
    const { stdout } = await firebreak(root, ["simulate", where, "--json"]);
    const found = JSON.parse(stdout) as Simulated;
    expect(found.ok).toBe(true);
    expect(found.slos[0]?.outcomes.map(({ name }) => name)).toContain("full-outage");
  }
});

test("an SLO that is not there is named, with the one that may be meant", async () => {
  const { status, stderr } = await firebreak(project(SOUND), ["simulate", "--slo", "api/availabilty"]);
  expect([status, stderr]).toEqual([2, expect.stringContaining("api/availability")]);
});
