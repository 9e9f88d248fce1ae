/** Many teams, each with a service, a pager and a chat: from about ten on they do not fit into one AlertmanagerConfig. */
import { build } from "../../src/build.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { errorRate, gateway, platform } from "./declarations.ts";

export const NAMESPACE = "monitoring";

export interface Teams {
  readonly teams: readonly string[];
  readonly services: readonly ServiceDeclaration[];
  readonly platform: PlatformDeclaration;
}

export function manyTeams(count: number): Teams {
  const teams = Array.from({ length: count }, (_none, index) => `team-${index}`);
  return { teams, services: teams.map(serviceOf), platform: platformOf(teams) };
}

/** Each depends on the one before it, so that inhibition needs an object of its own, too. */
function serviceOf(team: string, index: number, teams: readonly string[]): ServiceDeclaration {
  const dependsOn = index === 0 ? [] : [`of-${teams[index - 1]}/error-rate`];
  return { ...gateway, name: `of-${team}`, owner: team, slos: [{ ...errorRate, dependsOn }] };
}

function platformOf(teams: readonly string[]): PlatformDeclaration {
  const receivers = Object.fromEntries(
    teams.map((team) => [
      team,
      { page: { pagerduty: { secret: team } }, ticket: { slack: { secret: `chat-${team}`, channel: `#${team}` } } },
    ]),
  );
  return {
    ...platform,
    receivers: { ...platform.receivers, ...receivers },
    kubernetes: { kind: "operator", namespace: NAMESPACE, selectorLabels: {} },
  };
}

/** The objects that `firebreak build` writes, by the names of their files. */
export function objectsOf({ services, platform: declared }: Teams): Record<string, string> {
  const { artifacts } = build({ services, platform: declared, templates: readTemplates(), targets: ["kubernetes"] });
  return Object.fromEntries(artifacts.map((each) => [each.path.replace("kubernetes/", ""), render(each)]));
}
