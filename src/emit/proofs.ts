/** The generated tests, as promtool reads them: one file for a service's rules. */
import { groupsOf, type Plan, type RuleGroup, type ServicePlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { PAUSE_SECONDS, SELDOM_SECONDS } from "../prove/proof.ts";
import { proveService } from "../prove/service.ts";
import type { Run } from "../prove/shared-runs.ts";
import type { Emitted } from "./artifact.ts";
import { ruleFilePath } from "./prometheus.ts";
import type { Target } from "./target.ts";
import type { Comment } from "./yaml/print-yaml.ts";

export const proofs: Target = {
  name: "proofs",
  files: /^prometheus\/.*\.tests\.yaml$/,
  emit: (plan) => plan.services.flatMap((service) => testFiles(service, plan)),
};

/** How often promtool evaluates is said once for a file. */
function testFiles(plan: ServicePlan, { platform }: Plan): Emitted[] {
  if (groupsOf(plan).length === 0) return [];
  const { everySeconds, runs } = proveService(plan, platform);
  const of = (seconds?: number): readonly Run[] => runs.filter(({ evaluatedSeconds }) => evaluatedSeconds === seconds);
  const order = everyGroup(plan);
  return [
    ...testFile(plan, { everySeconds, runs: of(), order: evaluationOrder(plan) }),
    ...testFile(plan, { everySeconds: SELDOM_SECONDS, runs: of(SELDOM_SECONDS), order, apart: DAYS }),
    ...testFile(plan, { everySeconds: PAUSE_SECONDS, runs: of(PAUSE_SECONDS), order, apart: PAUSE }),
  ];
}

interface Played {
  readonly everySeconds: number;
  readonly runs: readonly Run[];
  readonly order: object;
  /** Of tests that have a file of their own. */
  readonly apart?: Apart;
}

interface Apart {
  readonly name: string;
  readonly words: string;
}

const DAYS: Apart = {
  name: "days",
  words: `Days and weeks: rules are evaluated every ${printSeconds(SELDOM_SECONDS)} here, and what they would have recorded in between is given as series.`,
};
const PAUSE: Apart = {
  name: "pause",
  words: `A pause: rules are evaluated every ${printSeconds(PAUSE_SECONDS)} here, and never in between.`,
};

function testFile({ service: { name } }: ServicePlan, { everySeconds, runs, order, apart }: Played): Emitted[] {
  if (runs.length === 0) return [];
  const file = [name, ...(apart ? [apart.name] : []), "tests.yaml"].join(".");
  const value = {
    rule_files: [ruleFilePath(name).replace("prometheus/", "")],
    evaluation_interval: printSeconds(everySeconds),
    ...order,
    tests: runs.map(testValue),
  };
  const header = [
    `Made by firebreak: when the alerts of ${name} fire, and when they do not. Edit the declaration, not this.`,
    `Run: firebreak test ${name}. promtool test rules ${file} finds the same, more slowly: it evaluates all rules in every test.`,
    "Histories that do not meet share a test: what happens to each SLO stands above what is expected of it. ALERTS has every label of an alert and no texts.",
    "Values are one per interval: 0+30x4 is 0, 30, 60, 90, 120; 7x4 is five times 7; stale ends a series; _x4 is four times nothing.",
    "What is expected of an alert, as time goes on: it has not fired yet (no samples); it fires, with exactly these labels; it still does; it is over.",
    ...(apart ? [apart.words] : []),
  ].join("\n");
  const comments = runs.flatMap(commentsOf);
  const style = {
    inline: ["input_series", "promql_expr_test"],
    apart: ["tests"],
    width: WIDTH,
  };
  const identity = { kind: "tests", service: name, name: apart?.name ?? "" } as const;
  const path = `prometheus/${file}`;
  return [{ ...identity, path, format: "yaml", header, value, comments, ...style }];
}

/** Characters of a line. */
const WIDTH = 160;

/** promtool takes groups in any order. Proofs of SLOs leave time enough; the others count evaluations. */
function evaluationOrder({ budgets, experiments }: ServicePlan): object {
  return inOrder([...budgets, ...experiments].flatMap(({ groups }) => groups));
}

/** Six hours later a sample of another group is not seen any more. */
function everyGroup(plan: ServicePlan): object {
  return inOrder(groupsOf(plan));
}

function inOrder(groups: readonly RuleGroup[]): object {
  return groups.length === 0 ? {} : { group_eval_order: groups.map(({ name }) => name) };
}

function testValue({ scenario, startSeconds, everySeconds, members }: Run): object {
  return {
    name: `${scenario}: ${members.map(({ proof }) => proof.name).join(", ")}`,
    ...(startSeconds === 0 ? {} : { start_timestamp: startSeconds }),
    interval: printSeconds(everySeconds),
    input_series: members.flatMap(({ series }) => series),
    promql_expr_test: members.flatMap(({ proof }) => proof.expectations.map(expectationValue)),
  };
}

function expectationValue({
  atSeconds,
  query,
  samples,
}: Run["members"][number]["proof"]["expectations"][number]): object {
  return { eval_time: printSeconds(atSeconds), expr: query, exp_samples: samples };
}

/** Above what is expected of each: what happens to it. */
function commentsOf({ members }: Run, index: number): Comment[] {
  let place = 0;
  return members.map(({ proof }) => {
    const text = inLines(`${proof.name}: ${proof.story}.`);
    const comment = { at: ["tests", index, "promql_expr_test", place], text };
    place += proof.expectations.length;
    return comment;
  });
}

/** No wider than the expectations below. */
function inLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= WIDTH - 8) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("\n");
}
