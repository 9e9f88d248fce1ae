/** The job behind an SLO: what its missing data and its dead targets have in common. */

import type { Slo } from "../../model/service.ts";
import type { Base } from "../../sli/counting/base.ts";
import { kindOf } from "../../sli/index.ts";

/** The one job whose targets an SLO counts; undefined where its total names none, or several by a pattern. */
export function jobOf({ sli }: Slo, base: Base): string | undefined {
  const { totalSeries } = kindOf(sli).counts(sli, base);
  return totalSeries?.matchers.find(({ label, op }) => label === "job" && op === "=")?.value;
}
