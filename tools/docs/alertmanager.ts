/** Routing trees, as amtool draws them. */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { findEngine } from "../engines/find-engine.ts";
import { inFolder, ROOT } from "./runs.ts";

/** Of this repository. */
export async function routes(): Promise<string> {
  return inFolder({ "alertmanager.yaml": await configuration() }, (folder) => tree(join(folder, "alertmanager.yaml")));
}

/** Of this repository and of two teams, merged by the script on the page. */
export async function mergedRoutes(): Promise<string> {
  const files = { "alertmanager.yaml": await configuration(), "yours.yaml": YOURS, "merge.mjs": scriptOnThePage() };
  return inFolder(files, (folder) => {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    execFileSync(process.execPath, ["merge.mjs"], { cwd: folder });
    return tree(join(folder, "merged.yaml"));
  });
}

const YOURS = `route:
  receiver: everyone
  routes:
    - receiver: database
      matchers: ['team="database"']
receivers:
  - name: everyone
  - name: database
`;

async function configuration(): Promise<string> {
  const { services, platform } = await import("../../slos/index.ts");
  const { artifacts } = build({ services, platform, templates: readTemplates(), targets: ["alertmanager"] });
  const made = artifacts.find(({ path }) => path.endsWith("alertmanager.yaml"));
  if (!made) throw new Error("The build made no alertmanager.yaml.");
  return render(made);
}

function scriptOnThePage(): string {
  const page = readFileSync(join(ROOT, "docs/alertmanager.md"), "utf8");
  return /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
}

function tree(file: string): string {
  const amtool = findEngine("amtool");
  if (!amtool) throw new Error("amtool is not on this machine: run npm run engines.");
  const text = execFileSync(amtool.path, ["config", "routes", "show", `--config.file=${file}`], { encoding: "utf8" });
  return text.replace("Routing tree:\n", "").trimEnd();
}
