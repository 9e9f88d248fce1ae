/** A stack's target, which says where it deploys to: one of files, or of a cluster. */
import { z } from "zod";
import { isRecord, toPlainData } from "../read/plain-data.ts";
import { type Problem, read } from "../read/read.ts";

/** What is wrong with it, below `target`. A cluster's fields are checked where the platform's are; here it is only known to be one. */
export function targetProblems(target: unknown): readonly Problem[] {
  const plain = toPlainData(target);
  const schema: z.ZodType<unknown> = isRecord(plain) && plain.kind === "files" ? filesSchema : kindSchema;
  return read(z.object({ target: schema }), { target: plain }).problems;
}

const filesSchema = z.strictObject({ kind: z.literal("files"), dir: z.string().min(1, "the directory has no name") });

const kindSchema = z.looseObject({ kind: z.enum(["operator", "configMaps", "files"]) });
