/** How the server is set up: flags and configuration under which the rules would not do what they say. */
import { parseDocument } from "yaml";
import type { Use } from "../check/metrics/uses.ts";
import type { Plan } from "../compile/plan.ts";
import { groupsOf } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { print } from "../promql/print.ts";
import { configuration, configurationText, flagValues } from "./ask/answers.ts";
import type { Connection } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";
import { optional, sampleOf } from "./ask/queries.ts";
import { secondsOf } from "./ask/time.ts";

/** What is known of it; nothing of a server that does not say. */
export interface Settings {
  readonly externalLabels: Readonly<Record<string, string>>;
  /** In seconds. */
  readonly lookback: number | undefined;
  /** Whether metrics may have any name in UTF-8. */
  readonly takesAnyName: boolean;
  readonly scrapesNatively: boolean;
}

export const UNKNOWN_SETTINGS: Settings = {
  externalLabels: {},
  lookback: undefined,
  takesAnyName: true,
  scrapesNatively: true,
};

export async function askSettings(to: Connection): Promise<Settings> {
  const flags = await optional(ask(to, "status/flags", flagValues));
  const written = await optional(ask(to, "status/config", configurationText));
  const { global, scrape_configs: jobs } = configuration.parse(parseDocument(written?.yaml ?? "").toJS());
  return {
    externalLabels: global.external_labels ?? {},
    lookback: secondsOf(flags?.["query.lookback-delta"]),
    takesAnyName: global.metric_name_validation_scheme !== "legacy",
    scrapesNatively:
      [global, ...jobs].some((each) => each.scrape_native_histograms === true) ||
      (flags?.["enable-feature"] ?? "").includes("native-histograms"),
  };
}

export function examineSettings(plan: Plan, uses: readonly Use[], settings: Settings): Issue[] {
  return [...collisions(plan, settings), ...lookback(settings), ...names(uses, settings)];
}

/** An alert keeps its own label, and Thanos puts the external one over that of every series. */
function collisions(plan: Plan, { externalLabels }: Settings): Issue[] {
  const rules = plan.services.flatMap(groupsOf).flatMap((group) => group.rules);
  const written = new Set(rules.flatMap(({ labels }) => Object.keys(labels)));
  const shared = Object.keys(externalLabels).filter((label) => written.has(label));
  return shared.map((label) =>
    issue(
      "external-label-collides",
      ["--prometheus"],
      `its external label ${label}="${externalLabels[label]}" is a label that rules write: alerts keep their own value, and a global view may overwrite it with this one.`,
      "Rename it under global.external_labels, or, where you declared that label, rename yours.",
    ),
  );
}

/** Rules of the slow group have a sample every 4m, which the others read. */
const LONGEST_STEP_SECONDS = 240;

function lookback({ lookback: seconds }: Settings): Issue[] {
  if (seconds === undefined || seconds > LONGEST_STEP_SECONDS) return [];
  return [
    issue(
      "lookback-too-short",
      ["--prometheus"],
      `a sample is read for ${seconds}s after it was written (--query.lookback-delta), and some rules write one every ${LONGEST_STEP_SECONDS}s: alerts that read them come and go.`,
      "Leave --query.lookback-delta out: its default is 5m.",
    ),
  ];
}

const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function names(uses: readonly Use[], { takesAnyName }: Settings): Issue[] {
  if (takesAnyName) return [];
  const found = uses.find(({ metric, by = [] }) => {
    if (metric.type !== "selector") return false;
    const { metric: name, matchers } = metric.selector;
    const labels = [...by, ...matchers.map(({ label }) => label)];
    return !PLAIN_METRIC.test(name) || labels.some((label) => !PLAIN_LABEL.test(label));
  });
  if (found?.metric.type !== "selector") return [];
  return [
    issue(
      "feature-off",
      found.path,
      `${print(found.metric.selector)} needs UTF-8 names, and this server takes only legacy names (metric_name_validation_scheme: legacy).`,
      "Remove that line from its configuration, or declare the names that it translates them to.",
      found.source,
    ),
  ];
}

export async function examineNativeHistograms(
  { services }: Plan,
  { scrapesNatively }: Settings,
  to: Connection,
): Promise<Issue[]> {
  if (scrapesNatively) return [];
  const found: Issue[] = [];
  for (const { slo } of services.flatMap(({ slos }) => slos)) {
    const { sli, path, source } = slo;
    if (sli.kind !== "latency" || sli.type !== "native") continue;
    const histogram = print(sli.histogram);
    if ((await sampleOf(to, `count(histogram_count(${histogram}))`)) !== undefined) continue;
    found.push(
      issue(
        "feature-off",
        [...path, "sli", "histogram"],
        `${histogram} is declared as a native histogram, and this server scrapes none.`,
        "Set scrape_native_histograms: true under global or its job, or declare the classic one with a bucket's threshold.",
        source,
      ),
    );
  }
  return found;
}
