/** Merging into a configuration of others: theirs stays, ours is replaced. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { parse } from "yaml";
import type { AlertmanagerConfig } from "../../../src/emit/alertmanager/config.ts";
import { mergeInto, withoutOurs } from "../../../src/emit/alertmanager/merge.ts";
import { compileConfig } from "../../../src/emit/alertmanager.ts";
import { describeWithEngine, runAmtool } from "../../support/engines.ts";
import { theirs } from "../../support/foreign-alertmanager.ts";
import { planFixture } from "../../support/plan-fixture.ts";
import { rendered } from "./written-out.ts";

const gateway = { id: "gateway/availability", groupBy: ["model"] };
const chat = { id: "chat/availability", owner: "product", dependsOn: ["gateway/availability"] };
const hours = { businessHours: { start: "09:00", end: "17:00" } };

const one = compileConfig(planFixture([gateway]));
const two = compileConfig(planFixture([gateway, chat], hours));

test("theirs stays byte for byte, before, between and after what is put there", () => {
  const text = merged(theirs, two);
  expect(withoutOurs(text)).toBe(theirs);
  let from = 0;
  for (const line of theirs.split("\n")) {
    from = text.indexOf(line, from);
    expect(from, line).toBeGreaterThanOrEqual(0);
  }
});

test("ours comes first, under names of its own, and every name that is used is there", () => {
  const { route, receivers, time_intervals } = parse(merged(theirs, two)) as AlertmanagerConfig;
  const ours = (route.routes ?? []).slice(0, -1);
  expect(route.routes?.at(-1)?.receiver).toBe("database");
  expect(route.receiver).toBe("everyone");
  for (const each of ours) expect(each.matchers).toContain('slo_service!=""');
  const names = receivers.map(({ name }) => name);
  expect(names.slice(-2)).toEqual(["everyone", "database"]);
  expect([...new Set(ours.map(({ receiver }) => receiver))].sort()).toEqual(names.slice(0, -2).sort());
  expect(names.slice(0, -2).every((name) => name.startsWith("firebreak-"))).toBe(true);
  const times = ours.flatMap(({ active_time_intervals: active = [] }) => active);
  expect(new Set(times)).toEqual(new Set(time_intervals?.map(({ name }) => name)));
});

test("comments right above the first item stay above it", () => {
  const commented = theirs
    .replace("  - receiver: database", "  # the database team\n  # wants its own\n  - receiver: database")
    .replace('- name: "everyone"', '# chat\n- name: "everyone"');
  const text = merged(commented, two);
  expect(text).toContain("end\n  # the database team\n  # wants its own\n  - receiver: database");
  expect(text).toContain("  # everybody\n  receiver: 'everyone'\n  routes:\n  # firebreak: begin");
  expect(text).toContain('end\n# chat\n- name: "everyone"');
  expect(text.startsWith("# who is notified, and why\n# firebreak: begin")).toBe(true);
  expect(merged(text, two)).toBe(text);
  expect(withoutOurs(text)).toBe(commented);
});

test("a byte order mark stays the first character", () => {
  const marked = `\ufeff${theirs}`;
  expect(merged(marked, two)).toBe(`\ufeff${merged(theirs, two)}`);
  expect(merged(merged(marked, two), two)).toBe(merged(marked, two));
});

test("merging again changes nothing, and what is declared no longer goes", () => {
  const text = merged(theirs, two);
  expect(merged(text, two)).toBe(text);
  expect(merged(text, one)).toBe(merged(theirs, one));
  expect(merged(text, one)).not.toContain("business-hours");
});

test("placeholders of a template stay, and nothing is said of them", () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const template = `x: {{ .Values.url }}\n${theirs}`;
  expect(withoutOurs(merged(template, two))).toBe(template);
  expect(warn).not.toHaveBeenCalled();
});

describe("is refused, and by name", () => {
  const refusals = (text: string) => {
    const outcome = mergeInto(text, two, "am.yaml");
    return outcome.issues.map(({ code, path }) => `${code} ${path.join(" ")}`);
  };

  test("where a name is theirs already", () => {
    expect(refusals(`${theirs}- name: firebreak-product-page\n`)).toEqual([
      "duplicate-id am.yaml receivers firebreak-product-page",
    ]);
    const muted = "mute_time_intervals:\n- name: firebreak-business-hours\n  time_intervals: []\n";
    expect(refusals(theirs + muted)).toEqual(["duplicate-id am.yaml time_intervals firebreak-business-hours"]);
  });

  test.each([
    [
      "the values of a chart",
      "alertmanager:\n  config:\n    route: { receiver: a }\n    receivers: []\n",
      "alertmanager.config",
    ],
    ["an object of Kubernetes", "kind: Secret\nstringData:\n  alertmanager.yaml: |-\n    route: {}\n", "Secret"],
    ["several documents", `${theirs}---\n${theirs}`, "several documents"],
  ])("%s, with what it is", (_name, text, named) => {
    expect(mergeInto(text, two, "am.yaml").issues.map(({ message }) => message)).toEqual([
      expect.stringContaining(named),
    ]);
  });

  test.each([
    ["no YAML", "route: [", "bad-value am.yaml"],
    ["no route", "receivers:\n- name: a\n", "bad-value am.yaml route"],
    ["a route in braces", "route: { receiver: a }\n", "bad-value am.yaml route"],
    ["a list in brackets", `${theirs}inhibit_rules: []\n`, "bad-value am.yaml inhibit_rules"],
    ["a key without a list", `${theirs}templates:\n`, "bad-value am.yaml templates"],
    ["a key behind a question mark", "? route\n: receiver: a\nreceivers:\n- name: a\n", "bad-value am.yaml"],
    ["two documents", `${theirs}---\na: b\n`, "bad-value am.yaml"],
    ["a block without an end", merged(theirs, one).replaceAll("# firebreak: end", ""), "bad-value am.yaml"],
    [
      "what firebreak itself has made",
      rendered(planFixture([gateway]))["alertmanager.yaml"] ?? "",
      "bad-value am.yaml",
    ],
  ])("where there is %s", (_what, text, expected) => {
    expect(refusals(text)).toEqual([expected]);
  });
});

/** Comments, blank lines, indentation, quotes, ends of lines, order of keys, and lists that are there or not. */
const foreign = fc
  .record({
    indent: fc.constantFrom("", "  ", "    "),
    end: fc.constantFrom("\n", "\r\n"),
    comment: fc.constantFrom("", '# it\'s "ours": [mine]', "#", "   # indented"),
    quote: fc.constantFrom("'", '"', ""),
    has: fc.subarray(["routes", "inhibit_rules", "time_intervals", "templates", "global"]),
    receiversFirst: fc.boolean(),
    last: fc.boolean(),
    head: fc.constantFrom("", "---", "# head", "%YAML 1.1\n---"),
  })
  .map(({ indent, end, comment, quote, has, receiversFirst, last, head }) => {
    const list = (key: string, items: readonly string[], by = "") => [
      `${by}${key}:`,
      ...(comment === "" ? [] : [comment]),
      ...items.map((item) => `${by}${indent}- ${item}`),
    ];
    const routes = has.includes("routes") ? list("routes", [`receiver: ${quote}b${quote}`], "  ") : [];
    const receivers = list("receivers", [`name: ${quote}a${quote} ${comment}`, `name: ${quote}b${quote}`]);
    const others = {
      routes: [],
      global: ["global:", "   resolve_timeout:   5m"],
      inhibit_rules: list("inhibit_rules", ["{ source_matchers: [a=b], target_matchers: [c=d] }"]),
      time_intervals: list("time_intervals", ["name: nights"]),
      templates: list("templates", ["'*.tmpl'"]),
    };
    const route = ["route:", `  receiver: ${quote}a${quote}`, "", ...routes];
    const both = receiversFirst ? [...receivers, comment, ...route] : [...route, "", ...receivers];
    const lines = [
      ...(head === "" ? [] : head.split("\n")),
      comment,
      ...both,
      ...has.flatMap((key) => others[key as keyof typeof others]),
    ];
    return lines.join(end) + (last ? end : "");
  });

test("whatever theirs looks like, it stays, and merging twice is merging once", () => {
  fc.assert(
    fc.property(foreign, (text) => {
      const first = merged(text, two);
      expect(withoutOurs(first)).toBe(text);
      expect(merged(first, two)).toBe(first);
      expect(merged(first, one)).toBe(merged(text, one));
      expect(parse(first, { version: "1.1" })).toMatchObject(keptIn(text));
    }),
    { numRuns: 150 },
  );
});

describeWithEngine("amtool", "amtool takes what was merged", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-merge-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test("and routes theirs and ours", async () => {
    mkdirSync(join(dir, "templates"));
    writeFileSync(
      join(dir, "templates/firebreak.tmpl"),
      rendered(planFixture([gateway]))["templates/firebreak.tmpl"] ?? "",
    );
    const file = join(dir, "am.yaml");
    writeFileSync(file, merged(theirs, two));
    const checked = await runAmtool(["check-config", file]);
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining("SUCCESS")]);
    const receiverOf = async (...labels: string[]) =>
      (await runAmtool(["config", "routes", "test", `--config.file=${file}`, ...labels])).stdout.trim();
    expect(await receiverOf("team=database")).toBe("database");
    expect(await receiverOf("alertname=Watchdog")).toBe("everyone");
    expect(await receiverOf("slo_service=chat", "owner=product", "severity=page")).toBe("firebreak-product-page");
  });
});

function merged(text: string, config: typeof one): string {
  const outcome = mergeInto(text, config, "am.yaml");
  if (!("text" in outcome)) throw new Error(JSON.stringify(outcome.issues));
  return outcome.text;
}

/** What has no list of ours in it. */
function keptIn(text: string): object {
  const { global, route } = parse(text, { version: "1.1" }) as { global?: object; route: { receiver: string } };
  return { ...(global === undefined ? {} : { global }), route: { receiver: route.receiver } };
}
