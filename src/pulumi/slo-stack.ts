/** SloStack: everything that is declared, deployed. A child for each service, and what belongs to all of them. */
import * as pulumi from "@pulumi/pulumi";
import type { PlatformDeclaration, ServiceDeclaration } from "../declare/declaration.ts";
import { serviceOf } from "../emit/service-of.ts";
import { printIssue } from "../issue.ts";
import { deployerOf } from "./deployer.ts";
import { type Deployment, deploymentOf, type SloStackTarget } from "./deployment.ts";
import { Service } from "./service.ts";
import { serviceSpec } from "./service-spec.ts";

export interface SloStackArgs {
  /** Plain values: they decide which resources there are. */
  readonly services: readonly ServiceDeclaration[];
  readonly platform?: PlatformDeclaration;
  readonly target: SloStackTarget;
  /**
   * Values of the secrets that receivers name: they fill one Kubernetes Secret, `<prefix>-receivers`.
   * Leave it out where something else fills that.
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
}

export class SloStack extends pulumi.ComponentResource {
  /** By name. */
  readonly services: Readonly<Record<string, Service>>;
  /** What was deployed, such as `PrometheusRule monitoring/firebreak-checkout` or a file's path; sorted. */
  readonly objects: pulumi.Output<readonly string[]>;

  /** @throws {RunError} before anything registers, where the declarations have an error. */
  constructor(name: string, args: SloStackArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const deployment = deploymentOf(args);
    super("firebreak:index:SloStack", name, { target: args.target }, opts);
    warn(deployment, this);
    const deployer = deployerOf(args, deployment.plan, { name, stack: this });
    const common = deployer.common(deployment.artifacts.filter((artifact) => serviceOf(artifact.path) === undefined));
    const ids = deployment.plan.services.map(({ service }) => service.name);
    this.services = Object.fromEntries(
      deployment.plan.services.map((service) => {
        const id = service.service.name;
        const artifacts = deployment.artifacts.filter((artifact) => serviceOf(artifact.path) === id);
        const own = { plan: service, spec: serviceSpec(service, args.services), artifacts, deployer, services: ids };
        return [id, new Service(`${name}/${id}`, own, { parent: this, ...common })];
      }),
    );
    this.objects = pulumi.output(deployment.artifacts.map(deployer.describe).sort());
    this.registerOutputs({ objects: this.objects });
  }
}

function warn({ warnings }: Deployment, stack: SloStack): void {
  for (const fact of warnings) void pulumi.log.warn(printIssue(fact), stack);
}
