/**
 * The `configMaps` target in use: a real Prometheus and a real Alertmanager, as docs/pulumi.md mounts and reloads them, hold
 * what was deployed, and after a change hold that. The kubelet's part is played: there is no node.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentedPods, placed, startPod } from "../../support/cluster/documented-pods.ts";
import { projectVolumes } from "../../support/cluster/pod.ts";
import { freePorts, type Running } from "../../support/cluster/process.ts";
import { buildFiles } from "../../support/live-build.ts";
import { waitFor } from "../../support/live-wait.ts";
import { gateway, search, withObjective } from "../declarations.ts";
import { differing, type Loaded, loadedRoutes, loadedRules } from "./loaded.ts";
import { assertDeployed, NAMESPACE, type Scenario, type World } from "./world.ts";

export const reload: readonly Scenario[] = [
  {
    title: "reload: a Prometheus and an Alertmanager that mount the ConfigMaps load each change, and nothing else",
    run: async (world) => {
      world.declared = { ...world.declared, services: [gateway, search] };
      await deploy(world);
      const servers = await startServers(world);
      try {
        assertProjected(world, servers.root);
        return [...(await changeObjective(world, servers)), ...(await changeOwner(world, servers))];
      } finally {
        await servers.stop();
      }
    },
  },
];

interface Servers {
  readonly root: string;
  /** The kubelet comes by; gives the time at which it was done. */
  readonly project: () => Promise<number>;
  readonly rules: () => Promise<Loaded>;
  readonly routes: () => Promise<Loaded>;
  stop(): Promise<void>;
}

/** One objective: its rules are other ones, and Alertmanager's routes stay. */
async function changeObjective(world: World, servers: Servers): Promise<string[]> {
  const before = { rules: await servers.rules(), routes: await servers.routes() };
  world.declared = { ...world.declared, services: [withObjective(99.99), search] };
  await deploy(world);
  const changed = await servers.project();
  const { seconds, names } = await reloaded(servers.rules, before.rules, changed);
  for (const name of names) assert.match(name, /^gateway(\.long)?\.rules\.yaml gateway\/error-rate[ :]/);
  assert.deepEqual(await servers.routes(), before.routes);
  assertProjected(world, servers.root);
  return [
    "slos.error-rate.objective: 99.9 => 99.99",
    `  Prometheus, after ${seconds} s: ${names.length} of ${before.rules.size} rules changed, all of gateway/error-rate`,
    "  Alertmanager: nothing",
  ];
}

/** An owner is in a service's rules and in its routes. */
async function changeOwner(world: World, servers: Servers): Promise<string[]> {
  const before = { rules: await servers.rules(), routes: await servers.routes() };
  world.declared = { ...world.declared, services: [withObjective(99.99), { ...search, owner: "discovery" }] };
  await deploy(world);
  const changed = await servers.project();
  const rules = await reloaded(servers.rules, before.rules, changed);
  for (const name of rules.names) assert.match(name, /^search(\.long)?\.rules\.yaml /);
  const routes = await reloaded(servers.routes, before.routes, changed);
  assert.deepEqual(routes.names, ["discovery-page", "discovery-ticket", "search-page", "search-ticket"]);
  assert.deepEqual([...(await servers.routes()).keys()].filter(isOf("search")), []);
  assertProjected(world, servers.root);
  return [
    "owner of search: search => discovery",
    `  Prometheus, after ${rules.seconds} s: ${rules.names.length} of ${before.rules.size} rules changed, all of search`,
    `  Alertmanager, after ${routes.seconds} s: routes to discovery-page and discovery-ticket for those to search-*`,
  ];
}

function isOf(owner: string): (receiver: string) => boolean {
  return (receiver) => receiver.startsWith(`${owner}-`);
}

async function deploy(world: World): Promise<void> {
  await world.pulumi.up();
  await assertDeployed(world);
}

/** The mounted folders hold the files of a build, to the byte, and the secrets. */
function assertProjected({ declared }: World, root: string): void {
  const { services, platform, secrets } = declared;
  const { files } = buildFiles(services, platform ?? {});
  const read = (path: string) => readFileSync(join(root, "etc", path), "utf8");
  for (const [path, text] of Object.entries(files).filter(([name]) => name.endsWith(".rules.yaml")))
    assert.equal(read(path.replace("prometheus/", "prometheus/slos/")), text);
  assert.equal(read("alertmanager/config/alertmanager.yaml"), files["alertmanager/alertmanager.yaml"]);
  const template = "templates/firebreak.tmpl";
  assert.equal(read(`alertmanager/config/${template}`), files[`alertmanager/${template}`]);
  for (const [name, value] of Object.entries(secrets ?? {})) assert.equal(read(`alertmanager/secrets/${name}`), value);
}

/** Until the reloader has seen what the kubelet brought; what differs then. */
async function reloaded(look: () => Promise<Loaded>, before: Loaded, changed: number) {
  const names = await waitFor("a change is loaded", async () => {
    const found = differing(before, await look());
    return found.length > 0 && found;
  });
  return { names, seconds: ((Date.now() - changed) / 1000).toFixed(1) };
}

/** What the docs show, below a root. */
async function startServers({ cluster }: World): Promise<Servers> {
  const root = mkdtempSync(join(cluster.dir, "node-"));
  const pods = documentedPods();
  const project = async () => {
    for (const pod of [pods.prometheus, pods.alertmanager]) await projectVolumes(cluster.client, NAMESPACE, pod, root);
    return Date.now();
  };
  await project();
  const config = join(root, "etc/prometheus/prometheus.yml");
  mkdirSync(join(root, "data"));
  writeFileSync(config, placed(JSON.stringify(pods.prometheusConfig), root));
  const [prometheus, alertmanager] = (await freePorts(2)) as [number, number];
  const running: Running[] = [
    ...(await startPod(pods.prometheus, root, { documented: 9090, port: prometheus }, [
      `--storage.tsdb.path=${root}/data/prometheus`,
    ])),
    ...(await startPod(pods.alertmanager, root, { documented: 9093, port: alertmanager }, [
      `--storage.path=${root}/data/alertmanager`,
      "--cluster.listen-address=",
    ])),
  ];
  return {
    root,
    project,
    rules: () => loadedRules(`http://127.0.0.1:${prometheus}`),
    routes: () => loadedRoutes(`http://127.0.0.1:${alertmanager}`),
    stop: async () => {
      for (const process of running.reverse()) await process.stop();
      rmSync(root, { recursive: true });
    },
  };
}
