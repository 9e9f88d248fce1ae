/** Rules that the build makes: of what this repository declares, and of the golden of everything, which has all kinds. */
import { platform as ownPlatform, services as ownServices } from "../../slos/index.ts";
import { build } from "../../src/build.ts";
import { groupsOf, type Plan, type Rule } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { print } from "../../src/promql/print.ts";
import { platform as everyPlatform, services as everyService } from "../../test/golden/everything/index.ts";

interface Made {
  readonly plan: Plan;
  readonly artifacts: readonly Artifact[];
}

/** Expressions of a group's rules, each below the name of what it records or alerts. */
export function rules(group: string, names: readonly string[]): string {
  return names.map((name) => `# ${name}\n${bareRule(group, name)}`).join("\n");
}

/** The expression alone. */
export function bareRule(group: string, name: string): string {
  const all = groups().filter((each) => each.name === group);
  const found = all.flatMap((each) => each.rules).find((each) => nameOf(each) === name);
  if (!found) throw new Error(`The group ${group} has no rule ${name}.`);
  return print(found.expr);
}

/** An alert of an SLO of this repository, as its file has it, without its texts. */
export function alertInFile(service: string, slo: string, alert: string): string {
  const file = own().artifacts.find(({ path }) => path === `prometheus/${service}.rules.yaml`);
  if (!file) throw new Error(`The build makes no rules of ${service}.`);
  const wanted = [`- alert: ${alert}\n`, `slo="${slo}"`];
  const found = render(file)
    .split(/\n\n|\n(?= {6}- )/)
    .find((text) => wanted.every((each) => text.includes(each)));
  if (!found) throw new Error(`${service}/${slo} has no ${alert}.`);
  const [rule = ""] = found.split(/^ *annotations:/m);
  return rule
    .replaceAll(/^ *#.*\n/gm, "")
    .replaceAll(/^ {6}/gm, "")
    .trimEnd();
}

/** What a page may show. */
export function everyExpression(): string[] {
  return groups().flatMap((group) => group.rules.map(({ expr }) => print(expr)));
}

const own = once(() => made(ownServices, ownPlatform));
const everything = once(() => made(everyService, everyPlatform));

function once(make: () => Made): () => Made {
  let known: Made | undefined;
  return () => {
    known ??= make();
    return known;
  };
}

function made(services: unknown, platform: unknown): Made {
  const { plan, issues, artifacts } = build({ services, platform, templates: {}, targets: ["prometheus"] });
  const errors = issues.filter(({ level }) => level === "error");
  if (!plan || errors.length > 0) throw new Error(`What the pages show has mistakes: ${JSON.stringify(errors)}`);
  return { plan, artifacts };
}

function groups() {
  return [own(), everything()].flatMap(({ plan }) => plan.services.flatMap(groupsOf));
}

function nameOf(rule: Rule): string {
  return rule.type === "record" ? rule.record : rule.alert;
}
