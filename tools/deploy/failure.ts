/** Why an operation failed, in the words of whoever knows: the program's issues, or what the engine says of a resource. */
import { stripVTControlCharacters } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

/** The errors among the engine's events, each of them once; without any, what the engine printed. */
export function failureText(error: unknown, events: readonly EngineEvent[]): string {
  const messages = events.flatMap(({ diagnosticEvent: fact, policyEvent: policy }) => [
    ...(fact?.severity === "error" ? [`${placeOf(fact.urn)}${explained(plain(fact.message))}`] : []),
    ...(policy ? [`${placeOf(policy.resourceUrn)}${policy.policyName}: ${lastLine(plain(policy.message))}`] : []),
  ]);
  const reported = messages.filter((message) => !/^\w+ failed$/.test(message));
  if (messages.length > 0) return [...new Set(reported.length > 0 ? reported : messages)].join("\n");
  return error instanceof Error ? error.message : String(error);
}

function placeOf(urn: string | undefined): string {
  if (urn === undefined || urn.includes("pulumi:pulumi:Stack")) return "";
  return `${urn.slice(urn.lastIndexOf("::") + 2)}: `;
}

/** Without names that only the engine knows; with what to do where the cluster's words leave that open. */
function explained(message: string): string {
  const text = message.replace(/resource "urn:[^"]*" was/, "it was");
  return text.endsWith("already exists") ? `${text}\n${FOREIGN}` : text;
}

const FOREIGN =
  "  hint: firebreak did not make it, and takes nothing over. Delete it, adopt it (pulumi import), or give the target another prefix.";

/** A policy's description comes first, and says nothing of this resource. */
function lastLine(text: string): string {
  return text.split("\n").at(-1) ?? text;
}

/** Without the engine's own marks for colours. */
function plain(text: string): string {
  return stripVTControlCharacters(text.replaceAll(/<\{%[^%]*%\}>/g, "")).trimEnd();
}
