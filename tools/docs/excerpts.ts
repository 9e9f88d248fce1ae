/** Where every excerpt of a page comes from: a run of the program, or a rule that the build makes. */
import { mergedRoutes, routes, slackMessage } from "./alertmanager.ts";
import { bandRules } from "./band.ts";
import { alertInFile, bareRule, rules } from "./rules.ts";
import { check, checkOfMistakes, commands, paragraphOf, shownBuild, shownDiff, shownExplain, tiersOf } from "./runs.ts";

const ERRORS = "inference-gateway/error-rate";

/** Makers of excerpts by name: the page, and what is shown there. */
export const excerpts: Readonly<Record<string, () => string | Promise<string>>> = {
  "readme/page-fast": () => alertInFile("inference-gateway", "error-rate", "SloBurnPageFast"),
  "readme/message": () => slackMessage("a-page"),
  "readme/tiers": () => paragraphOf(ERRORS, "Tiers"),
  "readme/times": () => paragraphOf(ERRORS, "Time to detect / to reset"),
  "cli/commands": commands,
  "cli/check": check,
  "cli/mistakes": checkOfMistakes,
  "cli/build": shownBuild,
  "review/comment": shownDiff,
  "cli/explain": () => shownExplain("inference-gateway/latency-p50"),
  "adding/band": bandRules,
  "alertmanager/routes": routes,
  "alertmanager/merged": mergedRoutes,
  "alertmanager/slack-page": () => slackMessage("a-page"),
  "alertmanager/slack-spend": () => slackMessage("money-that-will-not-last"),
  "alertmanager/slack-over": () => slackMessage("a-page", ", resolved"),
  "concepts/tiers": () => tiersOf(ERRORS),
  "concepts/page-fast": () => bareRule(ERRORS, "SloBurnPageFast"),
  "concepts/latency": () => bareRule("inference-gateway/latency", "slo:good:increase"),
  "rules/total": () => bareRule(ERRORS, "slo:total:increase"),
  "rules/tile": () => rules(ERRORS, ["slo:bad:increase4m"]),
  "rules/page": () => rules(ERRORS, ["SloBurnPageSlow"]),
  "kinds/events": () => rules(ERRORS, ["slo:bad:increase"]),
  "kinds/latency": () => rules("kinds/latency-classic", ["slo:good:increase"]),
  "kinds/native": () => rules("kinds/latency-native", ["slo:total:count", "slo:good:count"]),
  "kinds/score": () => rules("kinds/score", ["slo:good:increase"]),
  "kinds/gauge": () => rules("kinds/gauge", ["slo:total:increase", "slo:bad:increase"]),
  "kinds/probe": () => rules("kinds/probe", ["slo:bad:increase"]),
  "kinds/freshness": () => rules("kinds/freshness", ["slo:bad:increase"]),
  "kinds/throughput": () => rules("kinds/throughput-at-least", ["slo:total:increase", "slo:bad:increase"]),
  "kinds/ratio": () => rules("kinds/ratio-bad", ["slo:bad:increase"]),
  "kinds/composite": () => rules("kinds/composite-serial", ["slo:error_ratio:rate48m"]),
  "kinds/expression": () => rules("kinds/events-promql", ["slo:total:increase"]),
  "spend/limits": () => paragraphOf("inference-gateway/daily-spend", "Limits"),
  "platform/central": () => bareRule("kinds/events-bad", "slo:total:increase"),
};
