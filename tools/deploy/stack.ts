/** The stack that the program in `program.ts` makes. */
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { removeBrokenAttributes } from "../../src/pulumi/recover.ts";
import { pulumiEnvironment } from "./engine.ts";

/**
 * Opens a stack of the project in `folder`, or makes it.
 *
 * @throws {MissingEngine}
 */
export function openStack(stackName: string, folder: string): Promise<Stack> {
  const environment = pulumiEnvironment(folder);
  Object.assign(process.env, environment);
  if (environment.PULUMI_BACKEND_URL === `file://${folder}`) removeBrokenAttributes(folder);
  return LocalWorkspace.createOrSelectStack({ stackName, projectName: "firebreak", program }, { workDir: folder });
}

let runs = 0;

/** A module runs once, and a preview before an `up` runs the program twice. */
async function program(): Promise<Record<string, unknown>> {
  runs += 1;
  const { objects } = (await import(`../../program.ts?run=${runs}`)) as { readonly objects: unknown };
  return { objects };
}
