/** When an SLO alerts: burn-rate tiers, what is left of the budget, and missing data. */
import type { Duration, Labels, Severity, Text } from "./values.ts";

/** The tiers that every SLO has unless it declares its own. */
export type DefaultTier = "page-fast" | "page-slow" | "ticket-fast" | "ticket-slow";

/** One burn-rate alert. Give `budget` or `burn`, not both; `tier-invalid` where its parts contradict each other. */
export type TierDeclaration = {
  /** Stable: it becomes the `tier` label and part of the alert's name. */
  readonly name: DefaultTier | (string & {});
  /** Who must act. */
  readonly severity: Severity;
  /** The window that decides whether the burn matters. */
  readonly long: Duration;
  /** The window that lets the alert resolve soon after recovery; shorter than `long`. */
  readonly short: Duration;
  /** How long both windows must burn before it alerts. Default: the SLO's `alerting.for`, else not at all. */
  readonly for?: Duration;
} & (
  | {
      /** Share of the error budget spent within `long`, such as 0.02. `tier-below-one` where the SLO would still be met. */
      readonly budget: number;
      readonly burn?: never;
    }
  | {
      /** Multiple of the sustainable rate, such as 14.4. `tier-below-one` where the SLO would still be met. */
      readonly burn: number;
      readonly budget?: never;
    }
);

/** What may be changed of one tier, by its name. */
export interface TierSwitch {
  /** `false` leaves the tier out. Default `true`; `tiers-incomplete` where a burn that exhausts the budget would then alert nobody. */
  readonly enabled?: boolean;
  /** Who must act. Default: the tier's own. */
  readonly severity?: Severity;
  /** How long both windows must burn before it alerts. Default: the tier's own. */
  readonly for?: Duration;
  /** How long it still fires when neither window burns. Default: the SLO's `alerting.keepFiringFor`. */
  readonly keepFiringFor?: Duration;
  /** Added to the labels of this alert; they win over the SLO's of the same name. Default: none. */
  readonly labels?: Labels;
  /** Added to the annotations of this alert; they win over the SLO's of the same name. Default: none. */
  readonly annotations?: Labels<Text>;
}

/** Tickets on what is left of the error budget. None by default: burn alerts report every incident. */
export interface BudgetAlertsDeclaration {
  /** `SloBudgetExhausted`: nothing is left. Default `false`. */
  readonly exhausted?: boolean;
  /** `SloBudgetLow`, once for every share between 0 and 1: less than that is left, such as `[0.25]`. Default: none. */
  readonly below?: readonly number[];
  /** `SloBudgetForecast`: at the pace of the last quarter of this time, the rest is spent within it. Default: none. */
  readonly forecast?: Duration;
  /** `SloBudgetDrop`: so much of the whole budget was spent within some time. Default: none. */
  readonly drop?: {
    /** Share of the whole budget, between 0 and 1. */
    readonly share: number;
    /** The time within which it was spent. */
    readonly within: Duration;
  };
}

/** Alerting of one SLO: the default tiers, scaled to its window, or tiers of your own. */
export interface AlertingDeclaration {
  /** `false`: recorded and drawn, but no burn alerts. Default `true`. */
  readonly enabled?: boolean;
  /** Replaces the default tiers, of which docs/concepts.md has the numbers. */
  readonly tiers?: readonly TierDeclaration[];
  /** Changes to single tiers, by tier name. `tier-invalid` where there is no such tier. */
  readonly overrides?: Labels<TierSwitch> & Readonly<Partial<Record<DefaultTier, TierSwitch>>>;
  /** How long both windows of a tier must burn before it alerts. Default: not at all, the windows are long enough. */
  readonly for?: Duration;
  /** How long an alert still fires when neither window burns. Default: a page, until `SloTargetsDown` could have it. */
  readonly keepFiringFor?: Duration;
  /**
   * `static` (the default): a burn rate, as if traffic were constant. `traffic`: a share of the budget that was really
   * spent, measured by the traffic of the whole window. Needs events.
   */
  readonly threshold?: "static" | "traffic";
  /** Tickets on what is left of the error budget. Default: none. */
  readonly budget?: BudgetAlertsDeclaration;
  /** Added to the labels of this SLO's alerts, not to `slo:info`; they win over the SLO's of the same name. Default: none. */
  readonly labels?: Labels;
  /** Added to the annotations of this SLO's alerts; they win over the SLO's of the same name. Default: none. */
  readonly annotations?: Labels<Text>;
}

/** Whether vanished and broken measurements alert, and when. */
export interface AbsenceDeclaration {
  /** `SloTargetsDown` and `SloNoData`. Default `true`. */
  readonly noData?: boolean;
  /** `SloBroken` and `SloOnlyErrors`. Default `true`. */
  readonly broken?: boolean;
  /** How long targets must be down before `SloTargetsDown` alerts. Default `3m`. */
  readonly for?: Duration;
}
