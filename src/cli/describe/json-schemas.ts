/** JSON Schemas of what is declared and of what is printed, made of the schemas that read and hold them. */
import { z } from "zod";
import { experimentSchema } from "../../parse/experiment/experiment.ts";
import { platformSchema } from "../../parse/platform/platform.ts";
import { serviceSchema } from "../../parse/service/service-schema.ts";
import { sloSchema } from "../../parse/slo/slo-schema.ts";
import { spendSchema } from "../../parse/spend/spend-schema.ts";
import { failure, outputs } from "./outputs.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Every file of `schemas/`, by its name. */
export function schemaFiles(): Record<string, JsonSchema> {
  const printed = Object.keys(outputs).map((name) => [outputName(name), outputSchema(name)] as const);
  return {
    "declarations.schema.json": declarations(),
    "failure.output.schema.json": titled("What any command prints with --json at exit 2", z.toJSONSchema(failure)),
    ...Object.fromEntries(printed),
  };
}

/** The file of a command's output. */
export function outputName(command: string): string {
  return `${command}.output.schema.json`;
}

/** What a command prints with `--json`. */
export function outputSchema(command: string): JsonSchema {
  const schema = outputs[command];
  if (schema === undefined) throw new Error(`the output of ${command} has no schema`);
  return titled(`What firebreak ${command} --json prints at exit 0 and 1`, z.toJSONSchema(schema));
}

/** Constructors such as `events(…)` give the `kind`s. What a schema cannot say, such as that a label exists, `check` does. */
function declarations(): JsonSchema {
  const list = (name: string) => ({ type: "array", items: { $ref: `#/$defs/${name}` } });
  const service = declared(serviceSchema) as { readonly properties: JsonSchema; readonly required: readonly string[] };
  const parts = { slos: list("slo"), budgets: list("budget"), experiments: list("experiment") };
  return titled("What slos/index.ts exports, as plain data", {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { services: list("service"), platform: { $ref: "#/$defs/platform" } },
    required: ["services"],
    $defs: {
      service: { ...service, properties: { ...service.properties, ...parts }, required: ["name", "owner"] },
      slo: declared(sloSchema),
      budget: declared(spendSchema),
      experiment: declared(experimentSchema),
      platform: declared(platformSchema),
    },
  });
}

/** As it is written, before it is read. */
function declared(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

function titled(title: string, { $schema, ...rest }: JsonSchema): JsonSchema {
  return { $schema, title, ...rest };
}
