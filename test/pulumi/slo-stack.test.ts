/** SloStack without an engine: what it registers, and what it refuses before it registers anything. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { PlatformDeclaration } from "../../src/declare/declaration.ts";
import { deploymentOf } from "../../src/pulumi/deployment.ts";
import { SloStack, type SloStackArgs, secretsFrom } from "../../src/pulumi/index.ts";
import { isSecret, type Registered, registeredBy } from "../support/mocks.ts";
import { gateway, platform, search, withObjective } from "./declarations.ts";

const operator: SloStackArgs = {
  services: [gateway, search],
  platform,
  target: { kind: "operator", namespace: "monitoring", selectorLabels: { release: "kps" } },
};

/** Shares no object with it. */
const other: SloStackArgs = { ...operator, target: { kind: "configMaps", namespace: "other" } };

const register = (args: SloStackArgs) => registeredBy(() => new SloStack("slos", args));

function find(registered: readonly Registered[], name: string): Registered {
  const found = registered.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not among ${registered.map((each) => each.name).join(", ")}`);
  return found;
}

describe("operator", () => {
  test("registers a child for each service, and the objects of each under it", async () => {
    const registered = await register(operator);
    expect(registered.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "firebreak:index:Service slos/gateway",
      "firebreak:index:Service slos/search",
      "firebreak:index:SloStack slos",
      "kubernetes:core/v1:ConfigMap slos/gateway/runbooks",
      "kubernetes:core/v1:ConfigMap slos/overview.dashboard",
      "kubernetes:core/v1:ConfigMap slos/search/runbooks",
      "kubernetes:core/v1:ConfigMap slos/slo.dashboard",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule slos/gateway/rules",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule slos/search/rules",
      "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig slos/alertmanager",
      "pulumi:providers:kubernetes slos/kubernetes",
    ]);
  });

  test("its own provider changes ConfigMaps and Secrets in place, and merges into nothing", async () => {
    const { inputs } = find(await register(operator), "slos/kubernetes");
    expect(inputs).toMatchObject({
      enableServerSideApply: "false",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
    });
  });

  test("the inputs of a service are what was declared, by name and in no order", async () => {
    const one = await register(operator);
    const reordered = { ...gateway, slos: [...(gateway.slos ?? [])].reverse() };
    const other = await register({ ...operator, services: [search, reordered] });
    const { inputs } = find(one, "slos/gateway");
    expect(inputs).toMatchObject({ owner: "ml-platform", slos: { "error-rate": { objective: 99.9, window: "30d" } } });
    expect(find(other, "slos/gateway").inputs).toEqual(inputs);
    expect(find(one, "slos").inputs).toEqual({ target: operator.target });
  });

  test("every alert carries the namespace in which Alertmanager looks for its routes", async () => {
    const { inputs } = find(await register(operator), "slos/search/rules");
    const alerts = inputs.spec.groups
      .flatMap((group: { rules: object[] }) => group.rules)
      .filter((rule: object) => "alert" in rule);
    expect(alerts.length).toBeGreaterThan(0);
    for (const { labels } of alerts) expect(labels.namespace).toBe("monitoring");
  });
});

describe("secrets", () => {
  test("fill one Secret, and stay secret on the way", async () => {
    const registered = await register({ ...operator, secrets: { pagerduty: "a", slack: pulumi.output("b") } });
    const { inputs } = find(registered, "slos/receivers");
    expect(inputs.metadata).toMatchObject({ name: "firebreak-receivers", namespace: "monitoring" });
    expect(isSecret(inputs.data) || isSecret(inputs.data.pagerduty)).toBe(true);
    expect(JSON.stringify(registered.filter(({ name }) => name !== "slos/receivers"))).not.toContain('"YQ=="');
  });

  test("a secret that a receiver names and nobody gives is an issue, and so is one that none names", () => {
    const make = (secrets: Record<string, string>) => () => new SloStack("slos", { ...operator, secrets });
    expect(make({ pagerduty: "a" })).toThrow(/missing-field platform\.receivers\.default\.ticket\.slack\.secret: /);
    expect(make({ pagerduty: "a" })).toThrow(/pulumi config set --secret slack,/);
    expect(make({ pagerduty: "a", slack: "b", teams: "c" })).toThrow(/unknown-key secrets\.teams/);
  });

  test("are among the objects that were deployed", async () => {
    const made: SloStack[] = [];
    const secrets = { pagerduty: "a", slack: "b" };
    await registeredBy(() => made.push(new SloStack("slos", { ...operator, secrets }), new SloStack("two", other)));
    const objects = await Promise.all(made.map((stack) => promiseOf(stack.objects)));
    expect(objects.map((names) => names.includes("Secret monitoring/firebreak-receivers"))).toEqual([true, false]);
  });

  test("who gives none learns which Secret must be filled, unless nothing reads it", () => {
    expect(deploymentOf(operator).unfilled).toMatch(/monitoring\/firebreak-receivers \(pagerduty, slack\)/);
    expect(deploymentOf({ ...operator, secrets: { pagerduty: "a", slack: "b" } }).unfilled).toBeUndefined();
    expect(deploymentOf({ ...operator, target: { kind: "files", dir: "a" } }).unfilled).toBeUndefined();
  });

  test("that are no texts are issues, beside all others", () => {
    const make = (secrets: unknown) => () => new SloStack("slos", { ...operator, secrets } as SloStackArgs);
    expect(make("a")).toThrow(/wrong-type secrets: /);
    expect(make(["a"])).toThrow(/wrong-type secrets: /);
    expect(make(pulumi.output({ slack: "a" }))).toThrow(/wrong-type secrets: /);
    expect(make({ slack: 5, pagerduty: undefined })).toThrow(/wrong-type secrets\.slack: /);
    expect(make({ slack: 5, pagerduty: undefined })).toThrow(/missing-field platform\..*\.pagerduty\.secret: /);
  });

  test("come from wherever the program keeps them, or from nowhere", () => {
    expect(secretsFrom(platform, (name) => (name === "slack" ? "x" : undefined))).toEqual({ secrets: { slack: "x" } });
    expect(secretsFrom(platform, () => undefined)).toEqual({});
  });

  test("are looked for by name only: what was given in place of a name is not passed on", () => {
    const asked: string[] = [];
    const find = (name: string) => void asked.push(name);
    const page = {
      pagerduty: { secret: "0123456789abcdef0123456789abcdef" },
      slack: { secret: "https://hooks.slack.com/services/T0/B0/x" },
      opsgenie: "key",
      webhook: { secret: "hook" },
    };
    secretsFrom({ receivers: { default: { page }, web: null } } as unknown as PlatformDeclaration, find);
    expect(asked).toEqual(["hook"]);
  });
});

describe("other targets", () => {
  test("the whole Alertmanager configuration is a Secret under the name that Alertmanager reads", async () => {
    const alertmanager = { as: "secret", name: "alertmanager-main" } as const;
    const registered = await register({
      ...operator,
      target: { ...operator.target, alertmanager } as SloStackArgs["target"],
    });
    expect(find(registered, "slos/alertmanager")).toMatchObject({
      type: "kubernetes:core/v1:Secret",
      inputs: { metadata: { name: "alertmanager-main" } },
    });
  });

  test("a namespace of its own comes before everything in it", async () => {
    const target = { kind: "configMaps", namespace: "slos", createNamespace: true } as const;
    const registered = await register({ ...operator, target });
    expect(find(registered, "slos/namespace").type).toBe("kubernetes:core/v1:Namespace");
    expect(registered.filter(({ type }) => type.includes("monitoring.coreos.com"))).toEqual([]);
  });

  test("grafana-operator gets objects of its own", async () => {
    const dashboards = {
      as: "grafanaDashboards",
      instanceSelector: { dashboards: "grafana" },
      folder: "SLOs",
    } as const;
    const registered = await register({
      ...operator,
      target: { ...operator.target, dashboards } as SloStackArgs["target"],
    });
    expect(find(registered, "slos/slo.dashboard")).toMatchObject({
      type: "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDashboard",
      inputs: { spec: { instanceSelector: { matchLabels: { dashboards: "grafana" } }, folder: "SLOs" } },
    });
  });
});

describe("refused, with the command line's text and without a stack", () => {
  const failing = (args: Partial<SloStackArgs>) => {
    try {
      new SloStack("slos", { ...operator, ...args } as SloStackArgs);
    } catch (error) {
      return error as Error;
    }
    throw new Error("it was not refused");
  };

  test("all problems at once, as one error of the kind that Pulumi prints without a stack", () => {
    const error = failing({ services: [withObjective(100), { ...search, owner: "" }] });
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message).toContain("objective-out-of-range gateway.slos[0].objective: ");
    expect(error.message).toContain("missing-owner search.owner: ");
    expect(error.message.match(/^ *hint: \S/gm)).toHaveLength(2);
  });

  test("an operator without the labels that its Prometheus selects by", () => {
    const target = { kind: "operator", namespace: "monitoring" } as unknown as SloStackArgs["target"];
    expect(failing({ target }).message).toContain("missing-field target.selectorLabels:");
  });

  test("routes that reach nobody", () => {
    expect(failing({ platform: { retention: "60d" } }).message).toContain("not-deployable platform.receivers");
  });

  test("an objective that is an Output", () => {
    const slos = [{ ...gateway.slos?.[0], objective: pulumi.output(99) }];
    const services = [{ ...gateway, slos }] as unknown as SloStackArgs["services"];
    expect(failing({ services }).message).toContain("wrong-type gateway.slos[0].objective");
  });

  test.each([
    ["no target", undefined, /missing-field target: /],
    ["another kind", { kind: "docker", namespace: "x" }, /bad-value target\.kind: .*`operator`, `configMaps`, `files`/],
    ["a target that is no object", "operator", /wrong-type target: /],
    ["a target that is an Output", pulumi.output(operator.target), /wrong-type target: /],
    ["files without a directory", { kind: "files" }, /missing-field target\.dir: /],
    ["files in a directory without a name", { kind: "files", dir: "" }, /target\.dir: /],
    ["a key that files do not have", { kind: "files", dir: "a", namespace: "b" }, /unknown-key target\.namespace: /],
    ["a cluster's key in another case", { ...operator.target, Prefix: "a" }, /unknown-key target\.Prefix: /],
  ])("%s", (_title, target, expected) => {
    const { message } = failing({ target: target as never, services: [withObjective(100)] });
    expect(message).toMatch(expected);
    expect(message).not.toContain("platform.kubernetes");
    expect(message).toContain("gateway.slos[0].objective");
  });
});

describe("two of them in one program", () => {
  const both = (second: Partial<SloStackArgs>) =>
    inStack(() => {
      new SloStack("one", operator);
      new SloStack("two", { ...operator, ...second });
    });

  test("are refused where both would deploy one object", async () => {
    expect(await both({})).toMatch(/duplicate-id target: .*by the SloStack one already/);
  });

  test("are two deployments where nothing is the same", async () => {
    expect(await both({ target: { ...operator.target, prefix: "second" } as SloStackArgs["target"] })).toBe("");
  });
});

const promiseOf = <T>(output: pulumi.Output<T>) => new Promise<T>((done) => void output.apply(done));

/** Runs a program below a root, as the engine does; gives the message of its error. */
async function inStack(program: () => void): Promise<string> {
  let message = "";
  await registeredBy(() =>
    pulumi.runtime.runInPulumiStack(async () => {
      try {
        program();
      } catch (error) {
        message = (error as Error).message;
      }
    }),
  );
  return message;
}
