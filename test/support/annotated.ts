/** Alerts with the annotations that Prometheus's own code makes of a history: promtool prints what it did not expect. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { runPromtool } from "./engines.ts";
import { buildFiles } from "./live-build.ts";
import type { Labels } from "./live-prometheus.ts";

/** An alert that fires. */
export interface Annotated {
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** A series in promtool's own notation, from 00:00 UTC on. */
export type Input = readonly [series: string, values: string];

export interface Question {
  readonly service: ServiceDeclaration;
  readonly platform?: PlatformDeclaration;
  readonly series: readonly Input[];
  readonly evalTime: string;
  readonly alertname: string;
  /** What else the alerts that are meant carry. */
  readonly of?: Labels;
}

export async function annotated({
  service,
  platform = WITH_LINKS,
  series,
  evalTime,
  alertname,
  of = {},
}: Question): Promise<Annotated[]> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-annotated-"));
  const { files } = buildFiles([service], platform);
  const rules = files[`prometheus/${service.name}.rules.yaml`] ?? "";
  writeFileSync(join(dir, "rules.yaml"), rules);
  // Nothing is expected, so that everything is printed. JSON is YAML.
  const expected = { eval_time: evalTime, alertname, exp_alerts: [] };
  const input = series.map(([name, values]) => ({ series: name, values }));
  const test = { interval: "30s", input_series: input, alert_rule_test: [expected] };
  // In the order of the file: promtool's own is random, and values differ by an evaluation.
  const groups = (parse(rules) as { readonly groups: readonly { readonly name: string }[] }).groups;
  const order = { group_eval_order: groups.map(({ name }) => name) };
  writeFileSync(
    join(dir, "test.yaml"),
    JSON.stringify({ rule_files: ["rules.yaml"], evaluation_interval: "30s", ...order, tests: [test] }),
  );
  const { stdout, stderr } = await runPromtool(["test", "rules", "test.yaml"], { cwd: dir });
  rmSync(dir, { recursive: true });
  const isMeant = ({ labels }: Annotated) => Object.entries(of).every(([name, value]) => labels[name] === value);
  return alertsIn(`${stdout}${stderr}`).filter(isMeant);
}

const WITH_LINKS: PlatformDeclaration = {
  retention: "45d",
  runbooks: "https://runbooks.example.com",
  dashboards: "https://grafana.example.com",
  receivers: { default: { page: { pagerduty: { secret: "pager" } }, ticket: { pagerduty: { secret: "pager" } } } },
};

/** The labels and annotations of each alert that was printed. */
function alertsIn(output: string): Annotated[] {
  const printed = output.matchAll(/Labels:(\{.*\})\s*\n?\s*Annotations:(\{.*\})/g);
  return [...printed].map(([, labels = "", annotations = ""]) => ({
    labels: labelsIn(labels),
    annotations: labelsIn(annotations),
  }));
}

/** `{a="b", c="d"}`, as Prometheus prints labels. */
function labelsIn(text: string): Labels {
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, JSON.parse(value) as string]));
}
