/** The routing tree before and after, with what each receiver sends to; what is new is outlined. */
import type { Plan } from "../compile/plan.ts";
import type { Receiver, Route } from "../emit/alertmanager/config.ts";
import { printRoute } from "../emit/alertmanager/print-config.ts";
import { compileReceivers } from "../emit/alertmanager/receivers/receivers.ts";
import { compileRoutes } from "../emit/alertmanager/routes.ts";
import { escapeHtml } from "./html.ts";

export function routingOf(before: Plan, after: Plan): string {
  const [old, now] = [branchOf(before), branchOf(after)];
  if (JSON.stringify(old) === JSON.stringify(now))
    return `<details><summary>The routing tree stays as it is.</summary>${tree(now, undefined)}</details>`;
  return `<div class="pair"><div><h3>Before</h3>${tree(old, now)}</div><div><h3>After</h3>${tree(now, old)}</div></div>`;
}

/** A route as a line, and those below it. */
interface Branch {
  readonly line: string;
  readonly below: readonly Branch[];
}

function branchOf(plan: Plan): Branch {
  const receivers = new Map(compileReceivers(plan).map((receiver) => [receiver.name, sendsTo(receiver)]));
  const toBranch = (route: Route): Branch => ({
    line: lineOf(route, receivers.get(route.receiver) ?? ""),
    below: (route.routes ?? []).map(toBranch),
  });
  return toBranch(printRoute(compileRoutes(plan)));
}

function lineOf({ receiver, matchers = [], group_wait, repeat_interval }: Route, sends: string): string {
  const to = sends === "" ? "nobody" : sends;
  return `${matchers.join(", ") || "everything"} → ${receiver}: ${to} (waits ${group_wait}, repeats ${repeat_interval})`;
}

/** `pagerduty (pd)`: the integration, and the secret or channel that it names. */
function sendsTo({ name: _name, ...integrations }: Receiver): string {
  return Object.entries(integrations)
    .flatMap(([kind, all]) => all.map((each) => `${kind.replace(/_configs$/, "")} (${whereTo(each)})`))
    .join(", ");
}

function whereTo(integration: Readonly<Record<string, unknown>>): string {
  const { channel, to } = integration;
  const secret = Object.entries(integration).find(([key]) => key.endsWith("_file"))?.[1];
  return String(
    channel ??
      to ??
      String(secret ?? "")
        .split("/")
        .at(-1),
  );
}

function tree(branch: Branch, other: Branch | undefined): string {
  return `<ul class="tree">${item(branch, other && new Set(linesOf(other)))}</ul>`;
}

function item({ line, below }: Branch, known: ReadonlySet<string> | undefined): string {
  const mark = known === undefined || known.has(line) ? "" : ' class="new"';
  const items = below.map((each) => item(each, known)).join("");
  return `<li><span${mark}>${escapeHtml(line)}</span>${items === "" ? "" : `<ul>${items}</ul>`}</li>`;
}

function linesOf({ line, below }: Branch): string[] {
  return [line, ...below.flatMap(linesOf)];
}
