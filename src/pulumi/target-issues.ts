/** What is wrong with a target, at the place where a stack's program or configuration has it. */
import { Output } from "@pulumi/pulumi";
import { type Issue, issue } from "../issue.ts";
import { targetProblems } from "../parse/platform/target.ts";

/** Of a target as it was given. */
export function targetIssues(target: unknown): Issue[] {
  if (Output.isInstance(target)) return [issue("wrong-type", ["target"], "an Output is not an object.", PLAIN)];
  return targetProblems(target).map(({ code, path, message, hint }) => issue(code, path, message, hint));
}

/** Issues of the declarations, with those of the cluster under the name that a stack has for it. */
export function atTarget(fact: Issue): Issue {
  const [first, second, ...path] = fact.path;
  return first === "platform" && second === "kubernetes" ? { ...fact, path: ["target", ...path] } : fact;
}

const PLAIN = "Give plain values, such as config.requireObject(…): they decide which resources there are.";
