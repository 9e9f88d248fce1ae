/** What alerts on the error budget mean, and what to do about them: nobody is called, and something has to be decided. */
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
      "Hold back risky changes until some budget is back; what makes the service more reliable goes first.",
      "Which incidents spent it? The burn-down on the dashboard shows when.",
      "Was it spent by something that should not count, such as a load test? Then declare it in `exclude` the next time.",
    ],
  },
  [alerts.budgetLow.tier]: {
    meaning:
      "Less of the error budget is left than this alert allows. An incident of the usual size may spend the rest.",
    checks: [
      "Does it still burn? The burn-rate alerts and the graph of burn say so.",
      "Which incidents spent it, and may they come again?",
      "Slow down: releases in smaller steps, and risky ones later.",
    ],
  },
  [alerts.budgetForecast.tier]: {
    meaning: "At the present pace the rest of the error budget is spent within the time that the alert names.",
    checks: [
      "What burns? Look at the burn by group, then at the first checks below.",
      "Is it slow and steady? Then it is worth a repair in working hours, before the budget is gone.",
    ],
  },
  [alerts.budgetDrop.tier]: {
    meaning: "A large part of the whole error budget was spent in a short time: one incident, or several.",
    checks: [
      "Find the incident on the dashboard, and see that somebody writes down what happened.",
      "Did the burn-rate alerts tell of it in time? If not, look at their tiers.",
    ],
  },
  [alerts.policyWarn.tier]: {
    meaning: "The error budget runs out: nothing is forbidden yet. Nobody is called.",
    checks: ["What spends it, and which risky changes can wait?"],
  },
  [alerts.policyFreeze.tier]: {
    meaning: "By the error-budget policy risky changes stop until some budget is back. Nobody is called.",
    checks: ["What makes the service more reliable goes first."],
  },
};
