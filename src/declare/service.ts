/** Services, and the objectives that they have. */
import type { AbsenceDeclaration, AlertingDeclaration } from "./alerting.ts";
import type { ExperimentDeclaration } from "./experiment.ts";
import type { CheckDeclaration, PolicyDeclaration } from "./runbook.ts";
import type { SliDeclaration } from "./sli.ts";
import type { BudgetDeclaration } from "./spend.ts";
import type { Duration, LabelName, Labels, Text } from "./values.ts";
import type { BudgetingDeclaration, CalendarWindow, ExclusionDeclaration } from "./window.ts";

/** The objective of the groups with these labels. `objectives-unclear` where no group, or one that has another, is meant. */
export interface GroupObjectiveDeclaration {
  /** Values by label, each a label of `groupBy`. */
  readonly match: Labels;
  /** Percent, as the SLO's own. */
  readonly objective: number;
}

/** A lower objective that was agreed on. `diff --fail-on loosened` passes with it. */
export interface LoosenedDeclaration {
  /** Percent: the objective that it was lowered from, of the SLO or of one of its groups. */
  readonly from: number;
  /** Why, in a sentence: the comment of the change quotes it. */
  readonly why: string;
}

/** One service level objective. */
export interface SloDeclaration {
  /** Unique in its service; `^[a-z][a-z0-9-]{0,62}$`, else `bad-id`. */
  readonly name: string;
  /** What is promised, in a sentence. Alerts, runbook and dashboard show it. Default: none. */
  readonly description?: string;
  /** How good and bad are counted. */
  readonly sli: SliDeclaration;
  /** Percent, always: `99.9`. `objective-out-of-range` where it leaves no error budget or looks like a ratio. */
  readonly objective: number;
  /**
   * Rolling (`"30d"`) or calendar; or several, each with a budget of its own. The first one scales the alerts.
   * Default `"30d"`. `window-out-of-range` outside 1h to 366d.
   */
  readonly window?: Duration | CalendarWindow | readonly (Duration | CalendarWindow)[];
  /**
   * Labels whose every combination of values has a budget of its own. Default: none, one budget for all. `reserved-label`
   * and `user-label` refuse what would hide an alert or name a person.
   */
  readonly groupBy?: readonly LabelName[];
  /** When it alerts. Default: the four tiers of the SRE Workbook, scaled to the window. */
  readonly alerting?: AlertingDeclaration;
  /**
   * What a time without data counts as. `bad` and `good` need time slices, of the SLI or of `budgeting`.
   * Default `bad` for freshness and probe, else `ignore`.
   */
  readonly noTraffic?: "ignore" | "bad" | "good";
  /**
   * What `SloNoData` is when nothing is counted any more: a `ticket` (the default), a `page`, or `off`, which leaves out
   * `SloTargetsDown` too.
   */
  readonly absence?: "ticket" | "page" | "off" | AbsenceDeclaration;
  /** No alert unless the long window holds so many events. Default: any number will do. */
  readonly minEvents?: number;
  /**
   * No alert unless the long window holds so many bad events (or slices). Default 2, so that one failure among few
   * events pages nobody; 1 turns it off. A score, a ratio and a composite have none.
   */
  readonly minBad?: number;
  /** Events expected per day, so that `explain` can put the budget in events. Default: unknown. */
  readonly eventsPerDay?: number;
  /** Added to `slo:info` and to every alert of this SLO; they win over the service's of the same name. Default: none. */
  readonly labels?: Labels;
  /** Added to every alert of this SLO; they win over the service's of the same name. Default: none. */
  readonly annotations?: Labels<Text>;
  /** Error-budget policy. Default: the service's, or the platform's. */
  readonly policy?: PolicyDeclaration;
  /** First checks of its runbook, four at most. Presets bring their own. Default: general ones. */
  readonly checks?: readonly CheckDeclaration[];
  /** URL of this SLO's runbook. Default: the service's `runbooks` with the SLO's name. `missing-runbook` where there is neither. */
  readonly runbook?: string;
  /** `service/slo` ids whose burning explains this one's: their pages silence this SLO's alerts. Default: none. */
  readonly dependsOn?: readonly string[];
  /** How often its targets are scraped. Default: the service's. `evaluation-too-slow` above 4m. */
  readonly scrapeInterval?: Duration;
  /** How often its fast rules run. Default: the service's. `evaluation-too-slow` above 4m. */
  readonly evaluationInterval?: Duration;
  /** Names that this SLO had before, without the service: a deployment moves its runbook instead of making another. Default: none. */
  readonly formerly?: readonly string[];
  /** Date (`2027-01-31`) by which the objective is to be looked at again. Default: none. */
  readonly reviewBy?: string;
  /**
   * Why the objective is lower than it was. Default: none; a lower one is then a break of `diff`. `stale-loosening` where
   * the objective is not below `from` any more.
   */
  readonly loosened?: LoosenedDeclaration;
  /** Raise it when the SLI's meaning changes, to start the budget anew. Default 1. */
  readonly generation?: number;
  /** What the budget counts: events (the default), or slices of time for an SLI that counts events. */
  readonly budgeting?: BudgetingDeclaration;
  /** Objectives of single groups: by value where groupBy is one label, else by the labels that they match. Default: none. */
  readonly objectives?: Labels<number> | readonly GroupObjectiveDeclaration[];
  /** Times in which nothing counts: maintenance, holidays, load tests. Default: none. */
  readonly exclude?: readonly ExclusionDeclaration[];
}

/** A service with its objectives, budgets and experiments. */
export interface ServiceDeclaration {
  /** Unique; `^[a-z][a-z0-9-]{0,62}$`, else `bad-id` or `duplicate-id`. */
  readonly name: string;
  /** What it does, in a sentence. Default: none. */
  readonly description?: string;
  /** The team that answers; routes go to its receivers. `missing-owner` where there is none. */
  readonly owner: string;
  /**
   * Whether it serves, calls or judges models: its runbooks then speak of models, prompts and tokens. Default: `true` if
   * an SLO or a budget of it comes from a preset of an AI system, or a budget counts tokens.
   */
  readonly ai?: boolean;
  /** Base URL of the runbooks: an SLO's is at `<runbooks>/<slo>`. Default: `<service>` below the platform's. */
  readonly runbooks?: string;
  /** Error-budget policy of SLOs that have none of their own. Default: the platform's. */
  readonly policy?: PolicyDeclaration;
  /** Added to everything that the service declares. `missing-label` where the platform requires another. Default: none. */
  readonly labels?: Labels;
  /** Added to every alert of its SLOs. Default: none. */
  readonly annotations?: Labels<Text>;
  /** Its objectives. Default: none. */
  readonly slos?: readonly SloDeclaration[];
  /** Its budgets of money and tokens. Default: none. */
  readonly budgets?: readonly BudgetDeclaration[];
  /** Its experiments. Default: none. */
  readonly experiments?: readonly ExperimentDeclaration[];
  /** How often its targets are scraped. Default: the platform's. `evaluation-too-slow` above 4m. */
  readonly scrapeInterval?: Duration;
  /** How often its fast rules run. Default: the platform's. `evaluation-too-slow` above 4m. */
  readonly evaluationInterval?: Duration;
  /** Names that this service had before: a deployment keeps its resources instead of making others. Default: none. */
  readonly formerly?: readonly string[];
}
