/** `pulumi` as a person runs it: the real engine, a state of its own, and a stand-in for the Node language host. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiEnvironment } from "../../tools/deploy/engine.ts";

const HOST = fileURLToPath(new URL("language-host/main.ts", import.meta.url));

export interface Answer {
  readonly status: number | null;
  readonly text: string;
}

/** Runs pulumi in a project's folder. */
export type Pulumi = (project: string, ...args: readonly string[]) => Answer;

/**
 * @param dir - Of the test: state, home and programs go there.
 * @param more - Variables of the environment.
 */
export function pulumiByHand(dir: string, more: Readonly<Record<string, string>> = {}): Pulumi {
  mkdirSync(join(dir, "state"));
  const host = join(dir, "host/pulumi-language-nodejs");
  mkdirSync(dirname(host));
  writeFileSync(host, `#!/bin/sh\nexec "${process.execPath}" "${HOST}" "$@"\n`);
  chmodSync(host, 0o755);
  const own = pulumiEnvironment(dir);
  const env = {
    ...process.env,
    ...own,
    PATH: [dirname(host), dirname(process.execPath), own.PATH].join(delimiter),
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...more,
  };
  return (cwd, ...args) => {
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd,
      env,
      encoding: "utf8",
    });
    return { status, text: stdout + stderr };
  };
}
