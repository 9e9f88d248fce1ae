/** Rules that the build makes: of what this repository declares, and of the golden of everything, which has all kinds. */
import { platform as ownPlatform, services as ownServices } from "../../slos/index.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Plan, Rule } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { emit } from "../../src/emit/index.ts";
import { groupsOf } from "../../src/emit/prometheus.ts";
import { hasErrors } from "../../src/issue.ts";
import { parse } from "../../src/model/parse.ts";
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

/** An alert of an SLO of this repository, as its file has it. */
export function alertInFile(service: string, slo: string, alert: string): string {
  const file = own().artifacts.find(({ path }) => path === `prometheus/${service}.rules.yaml`);
  if (!file) throw new Error(`The build makes no rules of ${service}.`);
  const wanted = [`- alert: ${alert}\n`, `slo="${slo}"`];
  const found = render(file)
    .split(/\n\n|\n(?= {6}- )/)
    .find((text) => wanted.every((each) => text.includes(each)));
  if (!found) throw new Error(`${service}/${slo} has no ${alert}.`);
  return found.replaceAll(/^ *#.*\n/gm, "").replaceAll(/^ {6}/gm, "");
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

/** Without the proofs that a build looks for: no page shows them, and they take seconds. */
function made(services: unknown, platform: unknown): Made {
  const parsed = parse({ services, platform });
  const { plan, issues } = compile(parsed.services, parsed.platform);
  const all = [...parsed.issues, ...issues];
  if (hasErrors(all)) throw new Error(`What the pages show has mistakes: ${JSON.stringify(all)}`);
  return { plan, artifacts: emit(plan, {}, ["prometheus"]) };
}

function groups() {
  return [own(), everything()].flatMap(({ plan }) => plan.services.flatMap(groupsOf));
}

function nameOf(rule: Rule): string {
  return rule.type === "record" ? rule.record : rule.alert;
}
