/** Declarations that are in order, for tests that spoil one thing. */

import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/index.ts";
import { defineService, events, latency } from "../../src/index.ts";

export const platform: PlatformDeclaration = { retention: "60d", runbooks: "https://runbooks.example.com" };

export const availability: SloDeclaration = {
  name: "availability",
  objective: 99.9,
  window: "30d",
  groupBy: ["model"],
  sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
};

export const slow: SloDeclaration = {
  name: "latency",
  objective: 95,
  sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }),
};

export const service: ServiceDeclaration = defineService({ name: "gateway", owner: "ml", slos: [availability, slow] });
