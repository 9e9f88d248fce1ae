/** Expressions of generated rules: of what this repository declares, and of the examples that the pages show. */
import { build } from "../../src/build.ts";
import type { Plan, Rule } from "../../src/compile/plan.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { print } from "../../src/promql/print.ts";
import { examples } from "./examples.ts";

interface Shown {
  /** Without the name of the record above. */
  readonly bare?: boolean;
  /** Only from the last such line on, which stands at the margin. */
  readonly from?: string;
}

/** Records of an example's SLO, each below its name. */
export function exampleRule(id: string, records: readonly string[], { bare = false, from }: Shown = {}): string {
  const rules = examples.flatMap(({ services, platform }) => rulesOf(planOf(services, platform), id));
  return records
    .map((record) => {
      const text = exprOf(rules, (rule) => rule.type === "record" && rule.record === record, `${id} ${record}`);
      const shown = from === undefined ? text : text.slice(text.lastIndexOf(`\n${from}\n`) + 1);
      return bare ? shown : `# ${record}\n${shown}`;
    })
    .join("\n");
}

/** An alert of an SLO of this repository. */
export async function repositoryAlert(id: string, alert: string): Promise<string> {
  const { services, platform } = await import("../../slos/index.ts");
  const rules = rulesOf(planOf(services, platform), id);
  return exprOf(rules, (rule) => rule.type === "alert" && rule.alert === alert, `${id} ${alert}`);
}

function planOf(services: unknown, platform: unknown): Plan {
  const { plan, issues } = build({ services, platform, templates: readTemplates(), targets: [] });
  const errors = issues.filter(({ level }) => level === "error");
  if (!plan || errors.length > 0) throw new Error(`The examples of the pages have mistakes: ${JSON.stringify(errors)}`);
  return plan;
}

function rulesOf({ services }: Plan, id: string): Rule[] {
  const slos = services.flatMap((service) => service.slos);
  return slos.filter(({ slo }) => slo.id === id).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

function exprOf(rules: readonly Rule[], isWanted: (rule: Rule) => boolean, what: string): string {
  const rule = rules.find(isWanted);
  if (!rule) throw new Error(`No rule is ${what}.`);
  return print(rule.expr);
}
