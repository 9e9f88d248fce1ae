/** Sixty teams, each with a service, a pager and a chat: more than fits into one AlertmanagerConfig. */
import { build } from "../../src/build.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { errorRate, gateway, platform } from "./declarations.ts";

export const NAMESPACE = "monitoring";
export const TEAMS = Array.from({ length: 60 }, (_none, index) => `team-${index}`);

/** Each depends on the one before it, so that inhibition needs an object of its own, too. */
export const services = TEAMS.map((team, index): ServiceDeclaration => {
  const dependsOn = index === 0 ? [] : [`of-${TEAMS[index - 1]}/error-rate`];
  return { ...gateway, name: `of-${team}`, owner: team, slos: [{ ...errorRate, dependsOn }] };
});
const receivers = Object.fromEntries(
  TEAMS.map((team) => [
    team,
    { page: { pagerduty: { secret: team } }, ticket: { slack: { secret: `chat-${team}`, channel: `#${team}` } } },
  ]),
);
export const declared: PlatformDeclaration = {
  ...platform,
  receivers: { ...platform.receivers, ...receivers },
  kubernetes: { kind: "operator", namespace: NAMESPACE, selectorLabels: {} },
};

/** The objects that `firebreak build` writes, by the names of their files. */
export function objects(): Record<string, string> {
  const { artifacts } = build({ services, platform: declared, templates: readTemplates(), targets: ["kubernetes"] });
  return Object.fromEntries(artifacts.map((each) => [each.path.replace("kubernetes/", ""), render(each)]));
}
