/** What a model server is, as rows of data, and the one maker of its SLOs and budgets. */
import type { BudgetDeclaration, LatencyThreshold } from "../../declare/declaration.ts";
import { bounded, share, shareOfSum, within } from "../assemble/blueprints.ts";
import type { PresetBudget, PresetOptions, PresetPrices } from "../assemble/options.ts";
import type { Blueprint } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";

/** Options of a server that counts tokens by model. */
export interface ServerOptions<Name extends string, Measured extends Name> extends PresetOptions<Name, Measured> {
  /** Prices of tokens, `input` and `output`, by the label of the model. Default: none. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, input and output together. Default: none. */
  readonly tokens?: readonly PresetBudget[];
}

/** One version of a server, under one prefix. */
export interface ModelServer {
  /** The label of the model: SLOs are grouped by it, and tokens priced. */
  readonly model?: string;
  readonly slos: readonly Row[];
  readonly tokens?: TokenCounters;
}

/** An SLO of a server. One that has no form in common with other servers is a function. */
export type Row = EventsRow | SumRow | LatencyRow | QueueRow | ((select: Select) => Blueprint);

/** A metric, alone or with matchers. */
export type Series = string | Parameters<Select>;

type Common = Omit<Blueprint, "sli" | "threshold" | "histogram" | "version" | "companion">;

/** Failures among all events, each in one counter. */
interface EventsRow extends Common {
  readonly total: Series;
  readonly bad: Series;
}

/** Failures among all events, where the total is a sum of counters. */
interface SumRow extends Common {
  readonly sum: readonly Series[];
  readonly bad: Series;
  /** What the events are called, such as "requests". */
  readonly counted: string;
}

/** A latency that most servers measure: its description and its objective are in the table below. */
export interface LatencyRow extends Partial<Omit<Common, "name">> {
  readonly name: keyof typeof LATENCIES;
  readonly histogram: Series;
  readonly threshold: LatencyThreshold | number;
  readonly companion: string;
  readonly version?: string;
}

/** `saturation`: how many wait. */
interface QueueRow extends Partial<Omit<Common, "name">> {
  readonly queue: Series;
  readonly threshold?: number;
}

interface TokenCounters {
  readonly input: string;
  readonly output: string;
  /** A part of the input. */
  readonly cached_input?: string;
}

/** What the servers' latencies mean, and what is asked of them. */
const LATENCIES = {
  "time-to-first-token": { description: "The answer starts in time.", objective: 95 },
  "inter-token-latency": {
    description: "The next token arrives in time. Weighted by tokens: long answers count more.",
    objective: 99,
  },
  "time-per-output-token": {
    description: "A request's mean time per token after the first is short. Weighted by requests.",
    objective: 95,
  },
  "end-to-end-latency": { description: "The complete answer arrives in time.", objective: 95 },
  "queue-time": { description: "Requests do not wait long in the queue.", objective: 95 },
} as const;

/** The SLOs of a server, in the order of its rows. */
export function serverSlos({ model, slos }: ModelServer, select: Select): Blueprint[] {
  const common = model === undefined ? {} : { groupBy: [model] };
  return slos.map((row) => (typeof row === "function" ? row(select) : blueprint({ ...common, ...row }, select)));
}

function blueprint(row: Exclude<Row, (select: Select) => Blueprint>, select: Select): Blueprint {
  if ("queue" in row) return waiting(row, select);
  if ("histogram" in row) {
    return within({ ...LATENCIES[row.name], ...row, histogram: select(...series(row.histogram)) });
  }
  if ("total" in row) return share({ ...row, total: select(...series(row.total)), bad: select(...series(row.bad)) });
  const { sum, bad, ...rest } = row;
  const nodes = sum.map((each) => select.node(...series(each)));
  return shareOfSum({ ...rest, total: nodes, bad: select.node(...series(bad)) });
}

function waiting({ queue, threshold = 10, description, ...rest }: QueueRow, select: Select): Blueprint {
  return bounded({
    objective: 99,
    ...rest,
    name: "saturation",
    description: description ?? "Few requests wait in a server's queue.",
    metric: select(...series(queue)),
    op: "<=",
    threshold,
  });
}

function series(given: Series): Parameters<Select> {
  return typeof given === "string" ? [given] : given;
}

/** Schemas of the options that every server with token counters takes. */
export const tokenOptions = { prices: pricesSchema, spend: budgetsSchema, tokens: budgetsSchema };

/** As the schemas read them. */
export type TokenBudgets = Pick<ServerOptions<string, string>, keyof typeof tokenOptions>;

/** Budgets of money and of tokens on the counters of a server. */
export function serverBudgets(
  { model = "", tokens: counters }: ModelServer,
  { prices, spend, tokens }: TokenBudgets,
  select: Select,
): BudgetDeclaration[] {
  if (counters === undefined) return [];
  const { input, output, cached_input: cached } = counters;
  const table = {
    model,
    tokens: { input: select(input), output: select(output), ...(cached && { cached_input: select(cached) }) },
    ...(cached && { within: { cached_input: "input" } }),
  };
  return [...spendAtPrices(table, prices, spend), ...tokensOn([select.node(input), select.node(output)], tokens)];
}
