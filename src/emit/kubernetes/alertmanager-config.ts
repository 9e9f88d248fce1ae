/**
 * Alertmanager's configuration as the operator's AlertmanagerConfig has it: camel case, matchers as objects, secrets as
 * references, and templates within the texts, because the object cannot bring a template file.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.AlertmanagerConfig
 */
import type { Matcher } from "../../promql/ast.ts";
import type { AlertmanagerConfig, InhibitRule, Receiver, Route, TimeInterval } from "../alertmanager/config.ts";
import { isFirebreaks } from "../alertmanager/matcher.ts";
import { inlineTemplates } from "./inline-templates.ts";
import { bytesInObject } from "./split-by-size.ts";
import { splitByTeam, splitInhibition, type TeamPart } from "./split-by-team.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A spec, and what its object is called after the prefix. */
interface Named {
  readonly name: string;
  readonly spec: Fields;
}

/**
 * One spec; more where all routes and receivers, or all inhibition, are too large for one object.
 *
 * @param secret - The Kubernetes Secret whose keys are the names of the secrets.
 */
export function alertmanagerConfigSpecs(config: AlertmanagerConfig<Matcher>, secret: string): Named[] {
  const parts = splitByTeam(config, (part) => bytesInObject(specOf({ ...part, owner: undefined }, secret)));
  const rules = splitInhibition(config.inhibit_rules);
  return [
    ...parts.map((part): Named => ({ name: `alertmanager${part.suffix}`, spec: specOf(part, secret) })),
    ...rules.map(
      ({ suffix, items }): Named => ({
        name: `inhibition${suffix}`,
        spec: { inhibitRules: items.map(inhibitSpec) },
      }),
    ),
  ];
}

function specOf({ route, receivers, inhibit_rules, time_intervals = [], owner }: TeamPart, secret: string): Fields {
  const ours = matcherSpec(isFirebreaks);
  return {
    // Alerts that are not firebreak's go on to the routes that were there before.
    route: { ...routeSpec(route), matchers: owner === undefined ? [ours] : [ours, matcherSpec(owner)] },
    inhibitRules: inhibit_rules.map(inhibitSpec),
    receivers: receivers.map((receiver) => receiverSpec(receiver, secret)),
    ...(time_intervals.length === 0 ? {} : { muteTimeIntervals: time_intervals.map(intervalSpec) }),
  };
}

function routeSpec(route: Route<Matcher>): Fields {
  return {
    receiver: route.receiver,
    ...(route.matchers === undefined ? {} : { matchers: route.matchers.map(matcherSpec) }),
    groupBy: route.group_by,
    groupWait: route.group_wait,
    groupInterval: route.group_interval,
    repeatInterval: route.repeat_interval,
    ...(route.active_time_intervals === undefined ? {} : { activeTimeIntervals: route.active_time_intervals }),
    ...(route.routes === undefined ? {} : { routes: route.routes.map(routeSpec) }),
  };
}

function inhibitSpec({ source_matchers, target_matchers, equal }: InhibitRule<Matcher>): Fields {
  return {
    sourceMatch: source_matchers.map(matcherSpec),
    targetMatch: target_matchers.map(matcherSpec),
    ...(equal === undefined ? {} : { equal }),
  };
}

function matcherSpec({ label, op, value }: Matcher): Fields {
  return { name: label, value, matchType: op };
}

function intervalSpec({ name, time_intervals }: TimeInterval): Fields {
  const timeIntervals = time_intervals.map(({ times, weekdays }) => ({
    times: times.map(({ start_time, end_time }) => ({ startTime: start_time, endTime: end_time })),
    weekdays,
  }));
  return { name, timeIntervals };
}

function receiverSpec({ name, ...integrations }: Receiver, secret: string): Fields {
  const specs = Object.entries(integrations).map(([key, configs]) => {
    const special = files[key] ?? {};
    return [camel(key), (configs as readonly Fields[]).map((config) => integrationSpec(config, special, secret))];
  });
  return { name, ...Object.fromEntries(specs) };
}

/** Fields that read a secret from a file, by integration, and those that take a reference instead. */
const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pagerduty_configs: { routing_key_file: "routingKey" },
  opsgenie_configs: { api_key_file: "apiKey" },
  slack_configs: { api_url_file: "apiURL" },
  msteamsv2_configs: { webhook_url_file: "webhookURL" },
  discord_configs: { webhook_url_file: "apiURL" },
  webhook_configs: { url_file: "urlSecret" },
};

function integrationSpec(config: Fields, special: Readonly<Record<string, string>>, secret: string): Fields {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const field = special[key];
      if (field !== undefined) return [field, { name: secret, key: String(value).replace(/^.*\//, "") }];
      if (key === "links") return ["pagerDutyLinkConfigs", (value as readonly Fields[]).map(linkSpec)];
      if (key === "details" || key === "headers") return [key, keyValues(value as Fields)];
      return [camel(key), inlineTemplates(value)];
    }),
  );
}

function linkSpec({ href, text }: Fields): Fields {
  return { href: inlineTemplates(href), alt: text };
}

function keyValues(fields: Fields): Fields[] {
  return Object.entries(fields).map(([key, value]) => ({ key, value: inlineTemplates(value) }));
}

function camel(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}
