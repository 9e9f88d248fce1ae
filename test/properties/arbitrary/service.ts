/** Any service, and some of them in one environment. */
import fc from "fast-check";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { platform } from "./platform.ts";
import { policy } from "./policy.ts";
import { journeyOf, sloOf } from "./slo.ts";
import { budgetOf, experimentOf } from "./spend.ts";
import { annotations, declared, interval, labels, oneOf, prose, url } from "./values.ts";

/** What one build is made of. */
export interface World {
  readonly services: readonly ServiceDeclaration[];
  readonly platform: PlatformDeclaration;
}

/** Services of these names in one environment. */
export function worldOf(...names: readonly string[]): fc.Arbitrary<World> {
  return fc
    .record({ services: fc.tuple(...names.map(serviceOf)), platform })
    .map(({ services, platform: environment }) => ({
      services: services.map((service) => withLabels(service, environment.requiredLabels)),
      platform: environment,
    }));
}

function withLabels(service: ServiceDeclaration, required: readonly string[] = []): ServiceDeclaration {
  const labels = Object.fromEntries(required.map((name) => [name, "given"]));
  return required.length === 0 ? service : { ...service, labels: { ...labels, ...service.labels } };
}

/** A service with up to three SLOs and a composite of them, budgets and experiments. */
export function serviceOf(name: string): fc.Arbitrary<ServiceDeclaration> {
  return declared(
    { name: fc.constant(name), owner: fc.oneof(oneOf("search", "payments"), prose), slos: slosOf(name) },
    {
      description: prose,
      ai: fc.boolean(),
      runbooks: url,
      policy,
      labels,
      annotations,
      budgets: fc.oneof(
        budgetOf("money").map((one) => [one]),
        fc.tuple(budgetOf("money"), budgetOf("more")),
      ),
      experiments: experimentOf("trial").map((one) => [one]),
      scrapeInterval: interval,
      evaluationInterval: interval,
      formerly: oneOf([`old-${name}`]),
    },
  ) as unknown as fc.Arbitrary<ServiceDeclaration>;
}

function slosOf(service: string): fc.Arbitrary<SloDeclaration[]> {
  return fc.integer({ min: 0, max: 3 }).chain((count) => {
    const names = Array.from({ length: count }, (_, index) => `slo-${index}`);
    const ids = names.map((name) => `${service}/${name}`);
    const own = fc.tuple(...names.map((name, index) => sloOf(name, ids.slice(0, index))));
    const journeys = count < 2 ? fc.constant([]) : fc.array(journeyOf("journey", ids), { maxLength: 1 });
    return fc.tuple(own, journeys).map(([slos, more]) => [...slos, ...more]);
  });
}
