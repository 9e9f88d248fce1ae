/** What a schema says of a value that it refuses: our issue code and our hint, which zod carries to whoever reports it. */
import { z } from "zod";
import type { IssueCode } from "../issue.ts";

/** What a schema's custom problem carries: the issue's code and its hint. */
export interface Fault {
  readonly code: IssueCode;
  readonly hint: string;
}

/** Parameters of a zod problem that name our issue code. */
export function fault(code: IssueCode, hint: string): { readonly fault: Fault } {
  return { fault: { code, hint } };
}

/** Where a transforming schema reports a problem. */
export interface Context {
  readonly addIssue: (problem: { code: "custom"; message: string; params: { readonly fault: Fault } }) => void;
}

/** Reports a problem with our code and hint, and gives a value that nobody will use. */
export function refuse(context: Context, code: IssueCode, message: string, hint: string): never {
  context.addIssue({ code: "custom", message, params: fault(code, hint) });
  return z.NEVER;
}
