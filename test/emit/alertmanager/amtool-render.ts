/** The notification templates, rendered by amtool as Alertmanager would. */
import { writeFileSync } from "node:fs";
import { expect } from "vitest";
import { runAmtool } from "../../support/engines.ts";
import { planFixture } from "../../support/plan-fixture.ts";
import { writtenOut } from "./written-out.ts";

/** @param data - What Alertmanager gives to a template: alerts, labels that they share, its own address. */
export async function amtoolRender(template: string, data: object, type = "text"): Promise<string> {
  const folder = writtenOut(planFixture([{ id: "gateway/availability" }]));
  writeFileSync(`${folder}/data.json`, JSON.stringify(data));
  const files = [`--template.glob=${folder}/templates/*.tmpl`, `--template.data=${folder}/data.json`];
  const args = ["template", "render", ...files, `--template.type=${type}`, `--template.text=${template}`];
  const answer = await runAmtool(args);
  expect(answer.stderr).toBe("");
  return answer.stdout;
}
