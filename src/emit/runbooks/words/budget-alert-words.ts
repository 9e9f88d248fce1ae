/** What alerts on the error budget mean, and what to do about them: they do not page, but something has to be decided. */
import { alerts } from "../../../compile/alert-names.ts";

interface Words {
  readonly meaning: string;
  readonly checks: readonly string[];
}

/** By the `tier` label. */
export const budgetWordsByTier: Readonly<Record<string, Words>> = {
  [alerts.budgetExhausted.tier]: {
    meaning:
      "The error budget is spent: the objective is missed until old errors leave the window. Nothing needs to burn at this moment.",
    checks: [
      "Hold back risky changes until some budget is back; reliability work goes first.",
      "Which incidents spent it? The burn-down on the dashboard shows when.",
      "Was it spent by something that should not count, such as a load test? Then declare it in `exclude` the next time.",
    ],
  },
  [alerts.budgetLow.tier]: {
    meaning: "The error budget is below this alert's threshold. An incident of the usual size may spend the rest.",
    checks: [
      "Does it still burn? The burn-rate alerts and the graph of burn say so.",
      "Which incidents spent it, and may they happen again?",
      "Slow down: releases in smaller steps, and risky ones later.",
    ],
  },
  [alerts.budgetForecast.tier]: {
    meaning: "At the current rate the rest of the error budget is spent within the time the alert names.",
    checks: [
      "What burns? Look at the burn by group, then at the first checks below.",
      "Is it slow and steady? Then fix it in working hours, before the budget is gone.",
    ],
  },
  [alerts.budgetDrop.tier]: {
    meaning: "A large part of the whole error budget was spent in a short time: one incident, or several.",
    checks: [
      "Find the incident on the dashboard, and make sure it gets a postmortem.",
      "Did the burn-rate alerts fire in time? If not, look at their tiers.",
    ],
  },
  [alerts.policyWarn.tier]: {
    meaning: "The error budget is running low. No restrictions yet; this alert does not page.",
    checks: ["What spends it, and which risky changes can wait?"],
  },
  [alerts.policyFreeze.tier]: {
    meaning: "Under the error-budget policy, risky changes stop until budget recovers. This alert does not page.",
    checks: ["Reliability work goes first."],
  },
};
