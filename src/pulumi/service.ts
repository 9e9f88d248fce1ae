/** Service: everything that watches one service. Its inputs are what was declared, so that a preview shows what changed. */
import * as pulumi from "@pulumi/pulumi";
import type { ServicePlan } from "../compile/plan.ts";
import type { Emitted } from "../emit/artifact.ts";
import { holderOf, type Named } from "../model/former-names.ts";
import type { Deployer } from "./deployer.ts";
import { partName } from "./part-name.ts";
import type { ServiceSpec } from "./service-spec.ts";

interface ServiceArgs {
  readonly plan: ServicePlan;
  readonly spec: ServiceSpec;
  readonly artifacts: readonly Emitted[];
  readonly deployer: Deployer;
  /** All that there are, in the order of the plan. */
  readonly services: readonly Named[];
}

export class Service extends pulumi.ComponentResource {
  /** What was declared, by SLO. */
  readonly slos: pulumi.Output<ServiceSpec["slos"]>;
  /** What was deployed; sorted. */
  readonly objects: pulumi.Output<readonly string[]>;

  /** Made by SloStack. */
  constructor(name: string, args: ServiceArgs, opts: pulumi.ComponentResourceOptions) {
    const { plan, spec, artifacts, deployer } = args;
    const stack = name.slice(0, -plan.service.name.length);
    const aliases = formerNames(plan.service, args.services).map((old) => ({ name: `${stack}${old}` }));
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
function formerParts({ kind, name }: Emitted, plan: ServicePlan): string[] {
  const slos = plan.slos.map(({ slo }) => slo);
  const slo = kind === "runbook" ? slos.find((each) => each.name === name) : undefined;
  return slo ? formerNames(slo, slos).map((old) => partName({ kind, name: old })) : [];
}

/** Those that lead to its place: the engine refuses one alias of two resources, and one that is listed twice. */
function formerNames(each: Named, all: readonly Named[]): string[] {
  return [...new Set(each.formerly)].filter((old) => holderOf(old, each, all) === undefined);
}
