/**
 * `node recover.ts prod`, after an engine that was killed: takes into the state what it had created and not noted, so that
 * the next `pulumi up` goes on.
 */
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { recover } from "firebreak/pulumi";

try {
  const stack = await LocalWorkspace.selectStack({ stackName: process.argv[2] ?? "dev", workDir: import.meta.dirname });
  const found = await recover(stack);
  console.log(found.length === 0 ? "Nothing was cut off." : found.join("\n"));
} catch (error) {
  // What the engine says, such as that there is no such stack, or that it is locked.
  const { message } = error as Error;
  console.error(/^error: .*/m.exec(message)?.[0] ?? message);
  process.exitCode = 1;
}
