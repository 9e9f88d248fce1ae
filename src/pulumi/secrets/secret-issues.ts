/** Whether the secrets that were given are those that the receivers name. Their values are never looked at, nor quoted. */
import { Output } from "@pulumi/pulumi";
import type { Plan } from "../../compile/plan.ts";
import { secretName } from "../../emit/kubernetes/alertmanager.ts";
import { type Issue, issue, sortIssues } from "../../issue.ts";
import { kindOfValue } from "../../parse/read/conceal.ts";
import { type NamedSecret, namedSecrets } from "./secrets-from.ts";

/** A missing secret would be found when the first page is not delivered. `plan` is undefined where nothing was parsed. */
export function secretIssues(plan: Plan | undefined, isForFiles: boolean, given: unknown): Issue[] {
  if (given === undefined) return [];
  if (isForFiles) return [issue("not-deployable", ["secrets"], NO_SECRETS, LEAVE_OUT)];
  if (!isPlainRecord(given)) return [wrongType(["secrets"], given, "an object", SECRETS_FORM)];
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  return sortIssues([
    ...values.flatMap(([name, value]) =>
      isText(value) ? [] : [wrongType(["secrets", name], value, "text", VALUE_FORM)],
    ),
    ...(plan === undefined
      ? []
      : unmatched(namedSecrets(plan.platform), Object.keys(given), Object.fromEntries(values))),
  ]);
}

/** What a person who forgot them has to know; undefined where they were given, or nothing names any. */
export function notFilled(plan: Plan, isForFiles: boolean, given: unknown): string | undefined {
  const target = plan.platform.kubernetes;
  const names = namedSecrets(plan.platform).map(({ name }) => name);
  if (isForFiles || target === undefined || given !== undefined || names.length === 0) return undefined;
  return (
    `No secret has a value here, so something else must fill the Secret ${target.namespace}/${secretName(target)} ` +
    `(${names.map(shown).join(", ")}); until then nobody is notified. To fill it from here: pulumi config set --secret <name>.`
  );
}

const NO_SECRETS = "files would hold the secrets in clear.";
const LEAVE_OUT =
  "Leave `secrets` out (pulumi config rm <name>, if they come from there), and put them where Alertmanager reads them: platform.secretsDirectory.";
const SECRETS_FORM = 'Write secrets: { pagerduty: config.requireSecret("pagerduty") }, or use secretsFrom().';
const VALUE_FORM = "Give text, or an Output of text, such as config.requireSecret(…).";

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !Output.isInstance(value) && !(value instanceof Promise);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || Output.isInstance(value) || value instanceof Promise;
}

function wrongType(path: Issue["path"], value: unknown, wanted: string, hint: string): Issue {
  const kind = Output.isInstance(value) ? "an Output" : kindOfValue(value);
  return issue("wrong-type", path, `${kind} is not ${wanted}.`, hint);
}

function unmatched(
  named: readonly NamedSecret[],
  given: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Issue[] {
  const names = named.map(({ name }) => name);
  return [
    ...named.filter(({ name }) => !Object.hasOwn(values, name)).map(missing),
    ...given.filter((name) => !names.includes(name)).map(unused),
  ];
}

function missing({ name, path }: NamedSecret): Issue {
  return issue(
    "missing-field",
    path,
    `the secret ${shown(name)}, which is named here, has no value.`,
    `Give it one: pulumi config set --secret ${shown(name)}, and pass it in \`secrets\` under the same name.`,
  );
}

/** A value may stand in place of a name: what has more than letters is not quoted. */
function shown(name: string): string {
  return /^[a-z]+([-_.][a-z]+)*$/.test(name) ? name : "<name>";
}

function unused(name: string): Issue {
  return issue(
    "unknown-key",
    ["secrets", name],
    `no receiver names the secret ${name}.`,
    "Name it in a receiver, correct it, or leave it out.",
  );
}
