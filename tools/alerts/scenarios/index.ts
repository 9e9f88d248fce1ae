/** All scenarios, each a file of data. */
import type { Scenario } from "../scenario.ts";
import { oneOutage } from "./one-outage.ts";

export const scenarios: readonly Scenario[] = [oneOutage];
