/** Times as a Prometheus says them of itself. */
import { prometheusSeconds } from "../../time/units.ts";

/** Of `15d or 512GB` the time alone; undefined where there is none. */
export function secondsOf(text = ""): number | undefined {
  return prometheusSeconds(text.split(" ", 1)[0] ?? "");
}
