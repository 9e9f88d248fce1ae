/** What `rawWindows` can be asked of. */
import type { Problem } from "./read.ts";
import type { SloFields } from "./slo-schema.ts";

/** Only counters hold their own past; and what is judged slice by slice is never read at once. */
export function rawContradictions({ rawWindows, sli, budgeting }: SloFields): Problem[] {
  if (!rawWindows) return [];
  const hint = "Leave `rawWindows` out.";
  const problem = (message: string): Problem[] => [{ code: "bad-value", path: ["rawWindows"], message, hint }];
  if (budgeting.kind !== "events") return problem("a budget of slices is judged slice by slice, not window by window.");
  if (!isCounted(sli))
    return problem(`raw windows need counters or classic histograms, which \`${sli.kind}\` does not read here.`);
  return [];
}

function isCounted(sli: SloFields["sli"]): boolean {
  switch (sli.kind) {
    case "events":
      return [sli.total, sli.bad, sli.good].every((metric) => metric === undefined || metric.type === "selector");
    case "score":
      return sli.sum.type === "selector" && sli.count.type === "selector";
    case "latency":
      return sli.type === "classic";
    default:
      return false;
  }
}
