/** Whether the secrets that were given are those that the receivers name. */
import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { SloStackTarget } from "./deployment.ts";
import { secretNames } from "./secrets-from.ts";

/** A missing secret would be found when the first page is not delivered. */
export function secretIssues(plan: Plan, target: SloStackTarget, given: readonly string[] | undefined): Issue[] {
  if (given === undefined) return [];
  if (target.kind === "files") return [issue("not-deployable", ["secrets"], NO_SECRETS, LEAVE_OUT)];
  const named = secretNames(plan.platform);
  return [
    ...named.filter((name) => !given.includes(name)).map(missing),
    ...given.filter((name) => !named.includes(name)).map((name) => unused(name, named)),
  ];
}

const NO_SECRETS = "files would hold the secrets in clear.";
const LEAVE_OUT = "Leave `secrets` out, and put them where Alertmanager reads them: platform.secretsDirectory.";

function missing(name: string): Issue {
  return issue(
    "missing-field",
    ["secrets", name],
    `a receiver names the secret ${name}, and it has no value.`,
    `Give it: pulumi config set --secret ${name}, and pass it in \`secrets\`.`,
  );
}

function unused(name: string, named: readonly string[]): Issue {
  const hint = named.length === 0 ? "No receiver names a secret." : `The receivers name ${named.join(", ")}.`;
  return issue("unknown-key", ["secrets", name], `no receiver names the secret ${name}.`, hint);
}
