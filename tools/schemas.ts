/** `npm run schemas`: writes `schemas/`, which the package carries. A test holds it to what the code says. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { schemaFiles } from "../src/cli/describe/json-schemas.ts";

const FOLDER = join(resolve(import.meta.dirname, ".."), "schemas");

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const [name, schema] of Object.entries(schemaFiles()))
  writeFileSync(join(FOLDER, name), `${JSON.stringify(schema, null, 2)}\n`);
