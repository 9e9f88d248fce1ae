/** How one SLO is measured: what is recorded at every evaluation, and from when on windows read tiles of it. */
import { isRolling } from "../../model/period.ts";
import type { Platform, Slo } from "../../model/service.ts";
import type { Base } from "../../sli/counting/base.ts";
import { isComposite } from "../../sli/index.ts";
import { COMPONENT } from "../../sli/kinds/composite.ts";
import { DAY, HOUR } from "../../time/units.ts";
import { countedBy } from "../counted-by.ts";
import { idLabels } from "../names.ts";
import { tileLength } from "../tiling.ts";
import type { SloMeasurement } from "./slo-measurement.ts";
import { happened, isCountedLater } from "./windows/counted.ts";

/** From here on a period reads tiles: in shorter ones two tiles would be too late. */
const TILED_OVER = 6 * HOUR;
const HOUR_TILES_OVER = 100 * DAY;

/**
 * What can be said before anything is counted; the kind then says what it records.
 *
 * @param goodComponents - Of a composite: those that record good events and not bad ones.
 */
export function measureSlo(slo: Slo, platform: Platform, goodComponents: readonly string[] = []): SloMeasurement {
  const groupLabels = [...new Set([...slo.groupBy, ...platform.identity])].sort();
  const longest = Math.max(...slo.periods.map(({ seconds }) => seconds));
  return {
    base: {
      ...baseOf(slo, platform, groupLabels),
      ...(goodComponents.length === 0 ? {} : { goodComponents }),
    },
    groupLabels,
    part: "bad",
    intervalSeconds: slo.evaluationSeconds,
    tileSeconds: tileLength(slo.evaluationSeconds),
    tiled: longest > TILED_OVER,
    hourTiles: slo.periods.some((period) => isRolling(period) && period.seconds > HOUR_TILES_OVER),
    totalEverySeconds: slo.evaluationSeconds,
  };
}

function baseOf(slo: Slo, platform: Platform, groupLabels: readonly string[]): Base {
  return {
    ...countedBy(isComposite(slo.sli) ? [...groupLabels, COMPONENT] : groupLabels, slo, platform),
    id: idLabels(slo),
    noTraffic: slo.noTraffic,
    ...(isCountedLater(slo) ? { goodRecord: happened(slo).good } : {}),
  };
}
