/** What a check is: it reads a plan and says what would be wrong or dead in the declared environment. It changes nothing. */
import type { Plan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";

export interface Check {
  /** Kebab-case, as its file. */
  readonly name: string;
  readonly check: (plan: Plan) => readonly Issue[];
}
