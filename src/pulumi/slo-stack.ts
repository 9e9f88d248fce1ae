/** SloStack: everything that is declared, deployed. A child for each service, and what belongs to all of them. */
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../compile/plan.ts";
import type { Manifest } from "../emit/kubernetes/manifest.ts";
import { issue, printIssue } from "../issue.ts";
import type { SloStackArgs } from "./args.ts";
import type { Deployer, Parent } from "./deployer.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import { filesDeployer } from "./files.ts";
import { describeManifest, kubernetesDeployer } from "./kubernetes.ts";
import { claim } from "./owners.ts";
import { Service } from "./service.ts";
import { serviceSpec } from "./service-spec.ts";

export type { SloStackArgs };

export class SloStack extends pulumi.ComponentResource {
  /** By name. */
  readonly services: Readonly<Record<string, Service>>;
  /** What was deployed, such as `PrometheusRule monitoring/firebreak-checkout` or a file's path; sorted. */
  readonly objects: pulumi.Output<readonly string[]>;

  /** @throws {RunError} before anything registers, where the declarations have an error. */
  constructor(name: string, args: SloStackArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const deployment = deploymentOf(args);
    refuseDuplicates(name, args, deployment, opts);
    super("firebreak:index:SloStack", name, { target: args.target }, opts);
    warn(deployment, this);
    const deployer = deployerOf(args, deployment.plan, { name, stack: this });
    const common = deployer.common(deployment.artifacts.filter((artifact) => artifact.service === undefined));
    const services = deployment.plan.services.map(({ service }) => service);
    this.services = Object.fromEntries(
      deployment.plan.services.map((service) => {
        const id = service.service.name;
        const artifacts = deployment.artifacts.filter((artifact) => artifact.service === id);
        const own = { plan: service, spec: serviceSpec(service, args.services), artifacts, deployer, services };
        return [id, new Service(`${name}/${id}`, own, { parent: this, ...common })];
      }),
    );
    this.objects = pulumi.output([...deployment.artifacts.map(deployer.describe), ...deployer.added].sort());
    this.registerOutputs({ objects: this.objects });
  }
}

function deployerOf({ target, secrets }: SloStackArgs, plan: Plan, parent: Parent): Deployer {
  if (target.kind === "files") return filesDeployer(target, parent);
  return kubernetesDeployer(plan, secrets, parent);
}

/** Each would overwrite what the other deployed, and the first to go would delete it. */
function refuseDuplicates(
  name: string,
  { target }: SloStackArgs,
  { artifacts }: Deployment,
  opts: pulumi.ComponentResourceOptions,
): void {
  const place = target.kind === "files" ? resolve(target.dir) : placeOf(opts);
  const objects = artifacts.map(({ path, value }) =>
    target.kind === "files" ? path : describeManifest(value as Manifest),
  );
  const taken = claim(name, place, objects);
  if (taken === undefined) return;
  const fact = issue(
    "duplicate-id",
    ["target"],
    `${taken.object} is deployed by the SloStack ${taken.by} already.`,
    "Give one of the two another prefix, namespace or directory, or declare all services in one.",
  );
  throw new pulumi.RunError(`${name} cannot be deployed beside ${taken.by}\n\n${printIssue(fact)}\n`);
}

let providers = 0;
const numbers = new WeakMap<object, string>();

/** Stacks without a provider go to the cluster of the configuration; two providers may mean one cluster, and nothing shows it. */
function placeOf({ provider, providers: more }: pulumi.ComponentResourceOptions): string {
  const given = provider ?? more;
  if (given === undefined) return "";
  providers += 1;
  const number = numbers.get(given) ?? String(providers);
  numbers.set(given, number);
  return number;
}

function warn({ warnings, unfilled }: Deployment, stack: SloStack): void {
  for (const fact of warnings) void pulumi.log.warn(printIssue(fact), stack);
  if (unfilled !== undefined) void pulumi.log.info(unfilled, stack);
}
