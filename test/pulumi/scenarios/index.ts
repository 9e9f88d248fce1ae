/**
 * What a deployment goes through in its life, on a real API server: each scenario changes the declarations or the cluster,
 * runs the engine, and says what changed there. `npm run e2e:pulumi` prints them; `cluster.test.ts` is the same as tests.
 * Each goes on from where the one before it ended.
 */
import { changes } from "./changes.ts";
import { foreign } from "./foreign.ts";
import { interruption } from "./interruption.ts";
import { reload } from "./reload.ts";
import { renames } from "./renames.ts";
import { safety } from "./safety.ts";
import { skipped } from "./skipped.ts";
import { destroyed, switched } from "./targets.ts";
import type { Scenario } from "./world.ts";

export const scenarios: readonly Scenario[] = [
  ...changes,
  ...renames,
  ...foreign,
  ...safety,
  ...interruption,
  ...switched,
  ...reload,
  ...destroyed,
  ...skipped,
];
