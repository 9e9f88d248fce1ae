/** How an SLO alerts: tiers, what is changed of them, tickets on the budget, absence. */
import fc from "fast-check";
import type {
  AbsenceDeclaration,
  AlertingDeclaration,
  BudgetAlertsDeclaration,
  Duration,
  TierDeclaration,
  TierSwitch,
} from "../../../src/declare/declaration.ts";
import { annotations, declared, labels, oneOf, severity } from "./values.ts";

const hold = oneOf<Duration>("30s", "2m", "10m");

const pace = fc.oneof(fc.record({ budget: oneOf(0.02, 0.1, 0.5) }), fc.record({ burn: oneOf(1, 2, 6, 14.4) }));

function tier(name: string): fc.Arbitrary<TierDeclaration> {
  const windows = oneOf<[Duration, Duration]>(["1h", "5m"], ["40m", "10m"], ["6h", "30m"], ["1d", "2h"], ["3d", "6h"]);
  return fc
    .tuple(declared({ name: fc.constant(name), severity }, { for: hold }), windows, pace)
    .map(([rest, [long, short], each]) => ({ ...rest, long, short, ...each }) as TierDeclaration);
}

/** Without a ticket at 1×, some burn would alert nobody. */
const slowest: TierDeclaration = { name: "slowest", severity: "ticket", long: "3d", short: "6h", burn: 1 };

const tiers = fc
  .array(oneOf("quick", "lazy", "page-fast"), { maxLength: 2 })
  .chain((names) => fc.tuple(...[...new Set(names)].map(tier)))
  .map((some) => [...some, slowest]);

const tierSwitch = declared(
  {},
  { enabled: fc.boolean(), severity, for: hold, keepFiringFor: hold, labels, annotations },
) as fc.Arbitrary<TierSwitch>;

const budget = declared(
  {},
  {
    exhausted: fc.boolean(),
    below: fc.uniqueArray(oneOf(0.25, 0.5, 0.1, 0.333), { minLength: 1, maxLength: 2 }),
    forecast: oneOf<Duration>("1h", "6h", "3d"),
    drop: fc.record({ share: oneOf(0.1, 0.5), within: oneOf<Duration>("1h", "1d") }),
  },
) as fc.Arbitrary<BudgetAlertsDeclaration>;

export const alerting = declared(
  {},
  {
    enabled: fc.boolean(),
    tiers,
    overrides: fc.dictionary(oneOf("page-fast", "page-slow", "ticket-fast", "ticket-slow"), tierSwitch, { maxKeys: 2 }),
    for: hold,
    keepFiringFor: hold,
    threshold: oneOf("static" as const, "traffic"),
    budget,
    labels,
    annotations,
  },
) as fc.Arbitrary<AlertingDeclaration>;

export const absence = fc.oneof(
  oneOf("ticket" as const, "page", "off"),
  declared({}, { noData: fc.boolean(), broken: fc.boolean(), for: oneOf<Duration>("1m", "3m", "15m") }),
) as fc.Arbitrary<"ticket" | "page" | "off" | AbsenceDeclaration>;
