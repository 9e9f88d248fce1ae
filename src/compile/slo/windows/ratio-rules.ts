/** The recorded error ratio of a window; of a composite, first that of each component. */
import { componentRatioRecord, errorRatioRecord } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import { combinedRatio, combinedWords } from "./composite.ts";
import { errorRatio, type Source } from "./windows.ts";

export function ratioRules(seconds: number, source: Source, { slo, measure }: SloContext): RecordingRule[] {
  const labels = measure.base.id;
  const own = errorRatio(seconds, source, measure);
  const { sli } = slo;
  if (sli.kind !== "composite") return [{ type: "record", record: errorRatioRecord(seconds), expr: own, labels }];
  return [
    { type: "record", record: componentRatioRecord(seconds), expr: own, labels },
    {
      type: "record",
      record: errorRatioRecord(seconds),
      expr: combinedRatio(seconds, sli, slo),
      labels,
      comment: combinedWords(sli),
    },
  ];
}
