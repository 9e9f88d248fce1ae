/** What was found wrong with a declaration, and in which service. */
import type { IssueCode } from "../../issue.ts";

/** A problem at a path within the value that was read. */
export interface Problem {
  readonly code: IssueCode;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

/** A problem of the service at this place in the list. */
export interface Placed {
  readonly service: number;
  readonly problem: Problem;
}
