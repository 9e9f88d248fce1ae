/** Issues of what a preset declared, in words of the options that its user gave: they never wrote an SLI. */
import { isObject } from "../../declare/call-site.ts";
import { type Issue, type IssuePath, printPath } from "../../issue.ts";
import { presetOf } from "./preset-origin.ts";

/** The issues, of which those at an SLO of a preset name the option that changes it. */
export function withOptions(issues: readonly Issue[], services: unknown): Issue[] {
  return issues.map((fact) => {
    const slo = sloAt(services, fact.path);
    const origin = slo && presetOf(slo);
    return origin === undefined ? fact : inWordsOf(origin, String(Reflect.get(slo ?? {}, "name")), fact);
  });
}

function sloAt(services: unknown, [service, list, index]: IssuePath): object | undefined {
  if (!Array.isArray(services) || list !== "slos") return undefined;
  const declared: unknown = services.find((each) => isObject(each) && Reflect.get(each, "name") === service);
  const slos: unknown = isObject(declared) ? Reflect.get(declared, "slos") : undefined;
  const slo: unknown = Array.isArray(slos) && typeof index === "number" ? slos[index] : undefined;
  return isObject(slo) ? slo : undefined;
}

type Origin = NonNullable<ReturnType<typeof presetOf>>;

function inWordsOf({ preset, prefix }: Origin, slo: string, fact: Issue): Issue {
  const name = slo.startsWith(prefix) ? slo.slice(prefix.length) : slo;
  const buckets = `${printPath(fact.path.slice(0, 3))}.sli.buckets`;
  const said = (text: string): string => text.replaceAll(buckets, `the \`buckets\` or \`version\` of ${preset}()`);
  const option = optionAt(fact.path.slice(3));
  const more = option === undefined ? "" : ` It is ${option}: { "${name}": … } in the options of ${preset}().`;
  return { ...fact, message: said(fact.message), hint: `${said(fact.hint)}${more}` };
}

function optionAt([field, inner]: IssuePath): string | undefined {
  if (field === "sli") return ["threshold", "atMost", "atLeast"].includes(String(inner)) ? "thresholds" : undefined;
  return { objective: "objectives", eventsPerDay: "eventsPerDay", runbook: "overrides" }[String(field)];
}
