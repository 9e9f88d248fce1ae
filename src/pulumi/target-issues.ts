/** What is wrong with a target, at the place where a stack's program or configuration has it. */
import { Output } from "@pulumi/pulumi";
import { z } from "zod";
import { type Issue, issue } from "../issue.ts";
import { isRecord, toPlainData } from "../parse/read/plain-data.ts";
import { read } from "../parse/read/read.ts";

/** A cluster's fields are checked where the platform's are; here it is only known to be one. */
export function targetIssues(target: unknown): Issue[] {
  if (Output.isInstance(target)) return [issue("wrong-type", ["target"], "an Output is not an object.", PLAIN)];
  const plain = toPlainData(target);
  const schema = isRecord(plain) && plain.kind === "files" ? filesSchema : kindSchema;
  const { problems } = read(z.object({ target: schema as z.ZodType<unknown> }), { target: plain });
  return problems.map(({ code, path, message, hint }) => issue(code, path, message, hint));
}

/** Issues of the declarations, with those of the cluster under the name that a stack has for it. */
export function atTarget(fact: Issue): Issue {
  const [first, second, ...path] = fact.path;
  return first === "platform" && second === "kubernetes" ? { ...fact, path: ["target", ...path] } : fact;
}

const PLAIN = "Give plain values, such as config.requireObject(…): they decide which resources there are.";

const filesSchema = z.strictObject({ kind: z.literal("files"), dir: z.string().min(1, "the directory has no name") });

const kindSchema = z.looseObject({ kind: z.enum(["operator", "configMaps", "files"]) });
