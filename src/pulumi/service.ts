/** Service: everything that watches one service. Its inputs are what was declared, so that a preview shows what changed. */
import * as pulumi from "@pulumi/pulumi";
import type { ServicePlan } from "../compile/plan.ts";
import type { Emitted } from "../emit/artifact.ts";
import type { Deployer } from "./deployer.ts";
import { partName } from "./part-name.ts";
import type { ServiceSpec } from "./service-spec.ts";

interface ServiceArgs {
  readonly plan: ServicePlan;
  readonly spec: ServiceSpec;
  readonly artifacts: readonly Emitted[];
  readonly deployer: Deployer;
  /** Names of all services there are: an old name that is in use again is not an alias. */
  readonly services: readonly string[];
}

export class Service extends pulumi.ComponentResource {
  /** What was declared, by SLO. */
  readonly slos: pulumi.Output<ServiceSpec["slos"]>;
  /** What was deployed; sorted. */
  readonly objects: pulumi.Output<readonly string[]>;

  /** Made by SloStack. */
  constructor(name: string, args: ServiceArgs, opts: pulumi.ComponentResourceOptions) {
    const { plan, spec, artifacts, deployer } = args;
    const { name: id, formerly } = plan.service;
    const stack = name.slice(0, -id.length);
    const aliases = free(formerly, args.services).map((old) => ({ name: `${stack}${old}` }));
    super("firebreak:index:Service", name, spec, { ...opts, aliases });
    for (const artifact of artifacts) {
      const former = formerParts(artifact, plan).map((part) => ({ name: `${name}/${part}` }));
      deployer.deploy(`${name}/${partName(artifact)}`, artifact, { parent: this, aliases: former });
    }
    this.slos = pulumi.output(spec.slos);
    this.objects = pulumi.output(artifacts.map(deployer.describe).sort());
    this.registerOutputs({ objects: this.objects });
  }
}

/** What a runbook was called when its SLO had another name. */
function formerParts({ kind, name }: Emitted, { slos }: ServicePlan): string[] {
  const slo = kind === "runbook" ? slos.find((each) => each.slo.name === name)?.slo : undefined;
  const names = slos.map((each) => each.slo.name);
  return free(slo?.formerly ?? [], names).map((old) => partName({ kind, name: old }));
}

function free(formerly: readonly string[], names: readonly string[]): string[] {
  return formerly.filter((name) => !names.includes(name));
}
