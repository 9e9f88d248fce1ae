/** Every objective as a row: what it is, what is left, how fast it burns, and whether someone was called. */
import { severities } from "../../compile/audience.ts";
import { errorRatioRecord, records } from "../../compile/naming.ts";
import type { Platform } from "../../model/service.ts";
import type { Expr, Matcher, Selector } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, over, selector } from "../../promql/build.ts";
import { COMPONENT } from "../../sli/composite.ts";
import { dashboardLinks, withDashboard } from "./dashboard-links.ts";
import { table } from "./listing-panels.ts";
import type { Override, PanelBody, Thresholds } from "./model.ts";
import { budgetSteps, burnSteps, URGENCY, urgencyMapping } from "./palette.ts";
import { type Query, refId } from "./panel.ts";

export interface SloTable {
  readonly title: string;
  readonly description: string;
  /** Which SLOs: matchers on `slo_service`. */
  readonly matchers: readonly Matcher[];
  /** Every group label that some of these SLOs has: a column each. */
  readonly groupLabels: readonly string[];
  readonly severities: Platform["severities"];
  /** Whether groups of some SLO have objectives of their own. */
  readonly perGroup?: boolean;
  /** Services of several dashboards: their names become links. Without it the column is left out. */
  readonly linkedServices?: readonly string[];
}

/** A row per SLO and group: the most urgent first, and of these the one with least budget. */
export function sloTable(options: SloTable): PanelBody {
  const columns = columnsOf(options);
  return table({
    title: options.title,
    description: options.description,
    queries: columns.map(({ query }) => query),
    noValue: "–",
    overrides: [...columns.map(styled), ...(options.linkedServices === undefined ? [] : dashboardLinks)],
    sortBy: [
      { displayName: "State", desc: true },
      { displayName: "Budget left", desc: false },
    ],
    transformations: [
      { id: "merge", options: {} },
      { id: "organize", options: arrangement(options, columns) },
    ],
  });
}

/** Burn of the last hour, whatever windows an SLO's tiers have. */
export function burnLastHour(matchers: readonly Matcher[], perGroup = false): Expr {
  // The counts of a composite are those of its components: only its recorded ratio is its own.
  const own: readonly Matcher[] = [...matchers, { label: COMPONENT, op: "=", value: "" }];
  const bad = call("sum_over_time", over(matching(records.bad, own), 3_600_000));
  const total = call("sum_over_time", over(matching(records.total, own), 3_600_000));
  const counted = binary("/", bad, binary(">", total, number(0)));
  const ratio = binary("or", counted, matching(errorRatioRecord(3600), matchers));
  const burn = binary("/", ratio, constant(records.errorBudget, matchers), toConstant);
  // A budget with the group's own labels goes first; what an SLO has once fills in the others.
  return perGroup ? binary("or", binary("/", ratio, matching(records.errorBudget, matchers)), burn) : burn;
}

/** A selector with matchers of any kind. */
export function matching(metric: string, matchers: readonly Matcher[]): Selector {
  return { ...selector(metric), matchers };
}

/** What an SLO has once stands against each of its groups. */
const toConstant = { type: "on", labels: ["slo_service", "slo"], group: "left" } as const;

interface Column {
  readonly name: string;
  readonly query: Query;
  readonly unit: string;
  readonly decimals?: number;
  readonly width: number;
  readonly thresholds?: Thresholds;
  readonly cell?: Readonly<Record<string, unknown>>;
}

function columnsOf(options: SloTable): Column[] {
  const remaining = rows(matching(records.budgetRemaining, options.matchers), options);
  const budget = constant(records.errorBudget, options.matchers);
  const spent = binary("-", number(1), remaining);
  const missed = binary("*", spent, budget, toConstant);
  const groupBudget = rows(matching(records.errorBudget, options.matchers), options);
  const own = binary("*", spent, groupBudget);
  const sli = binary("-", number(1), options.perGroup ? binary("or", own, missed) : missed);
  const objective = everyRow(remaining, constant(records.objective, options.matchers));
  const ownObjective = binary("+", binary("*", remaining, number(0)), binary("-", number(1), groupBudget));
  return [
    {
      name: "State",
      query: { expr: withDashboard(state(options, remaining), options.linkedServices ?? []) },
      unit: "none",
      width: 90,
      cell: { type: "color-background", mode: "basic" },
    },
    {
      name: "Objective",
      query: { expr: options.perGroup ? binary("or", ownObjective, objective) : objective },
      unit: "percentunit",
      width: 110,
    },
    { name: "SLI", query: { expr: sli }, unit: "percentunit", decimals: 4, width: 110 },
    {
      name: "Budget left",
      query: { expr: remaining },
      unit: "percentunit",
      decimals: 1,
      width: 220,
      thresholds: budgetSteps,
      cell: { type: "gauge", mode: "basic", valueDisplayMode: "text" },
    },
    {
      name: "Burn, last hour",
      query: { expr: rows(burnLastHour(options.matchers, options.perGroup), options) },
      unit: "suffix:×",
      decimals: 1,
      width: 130,
      thresholds: burnSteps,
      cell: { type: "color-text" },
    },
  ];
}

/** The most urgent alert per row; quiet where there is none, also for an SLO without any data. */
function state(options: SloTable, remaining: Expr): Expr {
  const firing = severities.map((severity) => {
    const alerts = matching("ALERTS", [
      ...options.matchers,
      equal("alertstate", "firing"),
      equal("severity", options.severities[severity]),
    ]);
    return binary("*", rows(alerts, options), number(URGENCY[severity]));
  });
  const none = binary("*", everyRow(remaining, constant(records.objective, options.matchers)), number(URGENCY.quiet));
  return chain("or", ...firing, none);
}

/** A constant of the SLO in every row that has data, and once where none has. */
function everyRow(remaining: Expr, value: Expr): Expr {
  const present = binary("+", binary("*", remaining, number(0)), value, toConstant);
  return binary("or", present, value, { type: "on", labels: ["slo_service", "slo"] });
}

function constant(record: string, matchers: readonly Matcher[]): Expr {
  return aggregate("max", ["slo_service", "slo"], matching(record, matchers));
}

function rows(expr: Expr, { groupLabels }: SloTable): Expr {
  return aggregate("max", ["slo_service", "slo", ...groupLabels], expr);
}

function equal(label: string, value: string): Matcher {
  return { label, op: "=", value };
}

function arrangement(options: SloTable, columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const [status, ...figures] = columns.map((column, index) => [`Value #${refId(index)}`, column.name] as const);
  const order = [status?.[0] ?? "", "slo_service", "slo", ...options.groupLabels, ...figures.map(([field]) => field)];
  return {
    excludeByName: { Time: true, ...(options.linkedServices === undefined ? { slo_service: true } : {}) },
    indexByName: Object.fromEntries(order.map((field, index) => [field, index])),
    renameByName: {
      slo_service: "Service",
      slo: "SLO",
      ...Object.fromEntries(status ? [status, ...figures] : figures),
    },
  };
}

function styled(column: Column): Override {
  const gauge =
    column.cell?.type === "gauge"
      ? [
          { id: "min", value: 0 },
          { id: "max", value: 1 },
        ]
      : [];
  return {
    matcher: { id: "byName", options: column.name },
    properties: [
      { id: "unit", value: column.unit },
      ...(column.decimals === undefined ? [] : [{ id: "decimals", value: column.decimals }]),
      ...gauge,
      ...(column.thresholds === undefined
        ? []
        : [
            { id: "thresholds", value: column.thresholds },
            { id: "color", value: { mode: "thresholds" } },
          ]),
      ...(column.name === "State" ? [{ id: "mappings", value: [urgencyMapping] }] : []),
      ...(column.cell === undefined ? [] : [{ id: "custom.cellOptions", value: column.cell }]),
      { id: "custom.width", value: column.width },
    ],
  };
}
