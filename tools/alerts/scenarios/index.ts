/** All scenarios, each a value. */
import type { Scenario } from "../scenario.ts";
import { alertmanagers } from "./alertmanagers.ts";
import { businessHours } from "./business-hours.ts";
import { deadInOutage, deadJob, goneInOutage } from "./dead-job.ts";
import { dependencies } from "./dependencies.ts";
import { fastThenSlow } from "./fast-then-slow.ts";
import { kubePrometheus } from "./kube-prometheus.ts";
import { oneOutage } from "./one-outage.ts";
import { slowBurnOutage } from "./slow-burn-outage.ts";
import { spend } from "./spend.ts";
import { ticketBecomesPage } from "./ticket-becomes-page.ts";

export const scenarios: readonly Scenario[] = [
  oneOutage,
  slowBurnOutage,
  fastThenSlow,
  ticketBecomesPage,
  ...dependencies,
  deadJob,
  ...deadInOutage,
  goneInOutage,
  spend,
  ...businessHours,
  kubePrometheus,
  ...alertmanagers,
];
