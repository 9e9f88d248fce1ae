/** Routing trees, as amtool draws them, and messages, as amtool renders them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { findEngine } from "../engines/find-engine.ts";
import { inFolder, ROOT, run } from "./runs.ts";

/** Of this repository. */
export async function routes(): Promise<string> {
  return inFolder({ "alertmanager.yaml": await configuration() }, (folder) => tree(join(folder, "alertmanager.yaml")));
}

/** Of this repository and of two teams, merged as the page says. */
export function mergedRoutes(): string {
  return inFolder({ "alertmanager.yaml": YOURS }, (folder) => {
    const file = join(folder, "alertmanager.yaml");
    run(["merge", "--into", file, "--slos", join(ROOT, "slos/index.ts")], folder);
    return tree(file);
  });
}

/** Title and text of a message in Slack, of which a test says that it is what Alertmanager makes; links by their names. */
export function slackMessage(name: string, when: "" | ", resolved" = ""): string {
  const text = readFileSync(join(ROOT, "test/emit/alertmanager/golden/texts", `${name}.txt`), "utf8");
  const part = (head: string) => text.split(`== ${head}${when}\n`)[1]?.split("\n== ")[0]?.trim() ?? "";
  return `${part("Title")}\n${part("Slack").replaceAll(/<[^|>]*\|([^>]*)>/g, "[$1]")}`;
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

function tree(file: string): string {
  const amtool = findEngine("amtool");
  if (!amtool) throw new Error("amtool is not on this machine: run npm run engines.");
  const text = execFileSync(amtool.path, ["config", "routes", "show", `--config.file=${file}`], { encoding: "utf8" });
  return text.replace("Routing tree:\n", "").trimEnd();
}
