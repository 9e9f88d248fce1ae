/** No value below `receivers` or `secrets` is ever quoted: whatever stands there by mistake may be a secret. */
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { printIssue } from "../../src/issue.ts";
import { type Declared, deploymentOf } from "../../src/pulumi/deployment.ts";
import { secretData } from "../../src/pulumi/secrets/receivers-secret.ts";
import { firebreak, project, SOUND } from "../cli/firebreak.ts";

const MARKER = "SEKRIT73";
const NUMBER = 7_390_412_865;
const templates = readTemplates();

const services = [
  {
    name: "api",
    owner: "web",
    runbooks: "https://runbooks.example.com/api",
    slos: [{ name: "up", objective: 99.9, sli: { kind: "events", total: "a_total", bad: "b_total" } }],
  },
];

const every = {
  pagerduty: { secret: "pagerduty" },
  opsgenie: { secret: "opsgenie" },
  slack: { secret: "slack", channel: "#pages" },
  msteams: { secret: "msteams" },
  discord: { secret: "discord" },
  webhook: { url: "https://hooks.example.com/x" },
  email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:587" },
};
const receivers = {
  default: { page: every, ticket: { webhook: { secret: "hook" } }, info: { slack: { secret: "slack" } } },
  web: { page: every },
};

/** Every place below receivers, also places that nobody knows. */
const places = [
  ...pathsIn(receivers),
  ["default", "pages"],
  ["default", "page", "slak"],
  ["default", "page", "telegram"],
  ["default", "page", "slack", "secert"],
  ["default", "page", "slack", "url"],
  ["default", "page", "pagerduty", "routing_key"],
  ["default", "page", "webhook", "secret"],
  ["default", "page", "email", "password"],
];

/** The marker in all forms in which a secret comes. */
const text = fc.constantFrom(
  MARKER,
  `{{ ${MARKER} }}`,
  `a ${MARKER}\nb`,
  `${MARKER}@example.com`,
  `a@${MARKER}`,
  `smtp.example.com:${MARKER}`,
  `${MARKER}:99999`,
  `https://h.example.com/${MARKER}`,
  `https://u:${MARKER}@h.example.com`,
  `https://${MARKER}@h.example.com`,
  `https://h.example.com/?token=${MARKER}`,
  `https://h.example.com/?${MARKER}-token=x`,
  `https://hooks.slack.com/services/T0/B0/${MARKER}`,
  `ftp://${MARKER}`,
  `xoxb-1234567890-${MARKER}`,
  `${MARKER}0123456789abcdef0123456789abcdef`,
);
const leaf = fc.oneof(
  text,
  fc.constantFrom<unknown>(
    NUMBER,
    -NUMBER,
    BigInt(NUMBER),
    `${NUMBER}`,
    `${NUMBER}%`,
    Symbol(MARKER),
    () => MARKER,
    new Map([[MARKER, MARKER]]),
  ),
);
const value = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: leaf.map((one) => [one]) },
  { weight: 1, arbitrary: leaf.map((secret) => ({ secret })) },
  { weight: 1, arbitrary: leaf.map((one) => ({ secret: { value: one }, url: one, channel: [one], key: one })) },
  { weight: 1, arbitrary: leaf.map((template) => ({ template })) },
);
const spoiled = fc.tuple(fc.constantFrom(...places), value).map(([place, given]) => replaceAt(receivers, place, given));

function isQuoted(said: string): boolean {
  return said.includes(MARKER) || said.includes(String(NUMBER));
}

test("no issue quotes a value below receivers", () => {
  fc.assert(
    fc.property(spoiled, (declared) => {
      const { issues } = build({ services, platform: { receivers: declared }, templates });
      expect(issues.map(printIssue).filter(isQuoted)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test("what is misspelt above receivers hides nothing below", () => {
  fc.assert(
    fc.property(spoiled, fc.constantFrom("receiver", "Receivers", "recievers"), (declared, key) => {
      const { issues } = build({ services, platform: { [key]: declared }, templates });
      expect(issues.map(({ code }) => code)).toContain("unknown-key");
      expect(issues.map(printIssue).filter(isQuoted)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

function refusalOf(declared: object): string {
  const target = { kind: "operator", namespace: "monitoring", selectorLabels: {} };
  try {
    return deploymentOf({ services, target, ...declared } as unknown as Declared)
      .warnings.map(printIssue)
      .join("\n");
  } catch (error) {
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    return (error as Error).message;
  }
}

test("no refusal of a deployment quotes a value below receivers", () => {
  const secrets = fc.constantFrom(undefined, {}, { pagerduty: "a", slack: "b" });
  fc.assert(
    fc.property(spoiled, secrets, (declared, given) => {
      expect(isQuoted(refusalOf({ platform: { receivers: declared }, secrets: given }))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("no refusal of a deployment quotes a value below secrets", () => {
  const names = ["pagerduty", "slack", "unknown"];
  const given = fc.oneof(
    value,
    fc
      .tuple(fc.constantFrom(...names), value)
      .map(([name, secret]) => ({ pagerduty: "a", slack: "b", [name]: secret })),
  );
  const platform = {
    receivers: { default: { page: { pagerduty: { secret: "pagerduty" }, slack: { secret: "slack" } } } },
  };
  fc.assert(
    fc.property(given, (secrets) => {
      const said = refusalOf({ platform, secrets });
      expect(isQuoted(said)).toBe(false);
    }),
    { numRuns: 80 },
  );
});

test("what an Output held in place of a text is not shown", () => {
  fc.assert(
    fc.property(value, (held) => {
      fc.pre(typeof held !== "string");
      const said = messageOf(() => secretData("slack", held));
      expect(said).toContain("wrong-type secrets.slack");
      expect(isQuoted(said)).toBe(false);
    }),
  );
});

function messageOf(act: () => unknown): string {
  try {
    return JSON.stringify(act());
  } catch (error) {
    return String(error);
  }
}

/** A team for each place, with the value in that place. */
function declarationWith(values: readonly unknown[]): string {
  const inDefault = places.filter(([team]) => team === "default" || team === undefined);
  const teams = inDefault.flatMap((place, at) =>
    values.map((given, index) => {
      const { default: spoiledTeam } = replaceAt(receivers, place, given) as { default?: unknown };
      return [`team-${at}-${index}`, spoiledTeam ?? given] as const;
    }),
  );
  const spoiledPlatform = JSON.stringify({ retention: "60d", receivers: Object.fromEntries(teams) });
  return SOUND["slos/index.ts"].replace(/export const platform.*$/s, `export const platform = ${spoiledPlatform};\n`);
}

test("neither the command line nor its JSON quotes a value below receivers", async () => {
  const values = [MARKER, NUMBER, [MARKER], { secret: MARKER }, `https://u:${MARKER}@h.example.com/?token=${MARKER}`];
  const root = project({ "slos/index.ts": declarationWith(values) });
  for (const args of [["build"], ["build", "--json"], ["check"], ["explain", "api/availability"]]) {
    const { status, stdout, stderr } = await firebreak(root, args);
    expect([args, status]).toEqual([args, 1]);
    expect(`${stdout}${stderr}`).toContain("wrong-type");
    expect(isQuoted(`${stdout}${stderr}`)).toBe(false);
  }
});

type Path = readonly string[];

function pathsIn(declared: unknown, path: Path = []): Path[] {
  if (typeof declared !== "object" || declared === null) return [path];
  return [path, ...Object.entries(declared).flatMap(([key, field]) => pathsIn(field, [...path, key]))];
}

function replaceAt(declared: unknown, [key, ...deeper]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const fields = declared as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaceAt(fields[key], deeper, replacement) };
}
