/** The Alertmanagers of a scenario: one, two in a cluster, or two that do not see each other. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort, type Server, startServer } from "../../test/support/engine-server.ts";
import { findEngine } from "../engines/find-engine.ts";
import { scaled, scaledFlags } from "./scaled.ts";
import type { Scenario } from "./scenario.ts";

export async function startAlertmanagers(
  { pair }: Scenario,
  config: string,
  { dir, speed }: { readonly dir: string; readonly speed: number },
): Promise<Server[]> {
  const ports = pair === "joined" ? [await freePort(), await freePort()] : [];
  const count = pair === undefined ? 1 : 2;
  // Together: each waits for the other when it starts.
  return Promise.all(
    Array.from({ length: count }, (_one, index) => {
      const flags = [...scaledFlags(speed), ...clusterFlags(ports, index, speed)];
      return startOne(config, join(dir, "alertmanager", `${speed}-${index}`), flags);
    }),
  );
}

function startOne(config: string, dir: string, flags: readonly string[]): Promise<Server> {
  const program = findEngine("alertmanager")?.path;
  if (program === undefined) throw new Error("alertmanager is not on this machine (npm run engines)");
  mkdirSync(dir, { recursive: true });
  // Templates stay where they were written.
  const text = config.replace("templates/firebreak.tmpl", "../templates/firebreak.tmpl");
  return startServer(program, "--storage.path", { dir, flags, config: text });
}

function clusterFlags(ports: readonly number[], index: number, speed: number): string[] {
  if (ports.length === 0) return ["--cluster.listen-address="];
  const times = [
    ["peer-timeout", "15s"],
    ["gossip-interval", "200ms"],
    ["pushpull-interval", "1m"],
    ["settle-timeout", "1m"],
  ] as const;
  const peers = ports.filter((_port, other) => other !== index);
  return [
    `--cluster.listen-address=127.0.0.1:${ports[index]}`,
    ...peers.map((port) => `--cluster.peer=127.0.0.1:${port}`),
    ...times.map(([name, time]) => `--cluster.${name}=${scaled(time, speed)}`),
  ];
}
