/** Where every excerpt of docs/ comes from: a run of the program, or a rule of a declaration. */
import { mergedRoutes, routes } from "./alertmanager.ts";
import { exampleRule, repositoryAlert } from "./rules.ts";
import { check, checkOfMistakes, commands, shownBuild, shownExplain, tiersOf } from "./runs.ts";

/** Makers of excerpts by name: the page, and what is shown there. */
export const excerpts: Readonly<Record<string, () => string | Promise<string>>> = {
  "cli/commands": commands,
  "cli/check": check,
  "cli/mistakes": checkOfMistakes,
  "cli/build": shownBuild,
  "cli/explain": () => shownExplain("inference-gateway/latency-p50"),
  "alertmanager/routes": routes,
  "alertmanager/merged": mergedRoutes,
  "concepts/tiers": () => tiersOf("inference-gateway/error-rate"),
  "concepts/page-fast": () => repositoryAlert("inference-gateway/error-rate", "SloBurnPageFast"),
  "concepts/latency": () => exampleRule("inference-gateway/latency", ["slo:bad:increase"], { bare: true }),
  "kinds/events": () => exampleRule("inference-gateway/error-rate", ["slo:total:increase"]),
  "kinds/events-bad": () =>
    exampleRule("inference-gateway/error-rate", ["slo:bad:increase"], { bare: true, from: "or" }),
  "kinds/latency": () => exampleRule("inference-gateway/latency", ["slo:bad:increase"], { bare: true }),
  "kinds/native": () => exampleRule("shop/queries", ["slo:total:increase"], { bare: true }),
  "kinds/score": () => exampleRule("shop/stars", ["slo:bad:increase"], { bare: true }),
  "kinds/gauge": () => exampleRule("inference-gateway/saturation", ["slo:total:increase", "slo:bad:increase"]),
  "kinds/probe": () => exampleRule("inference-gateway/availability", ["slo:total:increase", "slo:bad:increase"]),
  "kinds/freshness": () => exampleRule("shop/index", ["slo:bad:increase"], { bare: true }),
  "kinds/throughput": () => exampleRule("inference-gateway/throughput", ["slo:total:increase", "slo:bad:increase"]),
  "kinds/ratio": () => exampleRule("shop/evaluation", ["slo:bad:increase"], { bare: true }),
  "kinds/composite": () => exampleRule("shop/s", ["slo:error_ratio:rate1h"]),
  "kinds/expression": () => exampleRule("shop/expression", ["slo:total:increase"], { bare: true }),
  "platform/central": () => exampleRule("central/requests", ["slo:total:increase"], { bare: true }),
};
