/** What was, and what will be. */
import type { Plan } from "../compile/plan.ts";

export interface Plans {
  readonly before: Plan;
  readonly after: Plan;
}

/** Whether firebreak routes anything: without a receiver somebody else does, and nobody here knows where to. */
export function hasRoutes({ platform }: Pick<Plan, "platform">): boolean {
  return Object.keys(platform.receivers).length > 0;
}
