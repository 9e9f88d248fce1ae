/** Labels that may stand in `by (…)` and `on (…)`. */

/** Whether Prometheus' grammar takes the word for a label there: `inf` and `nan` are numbers to it in any capitals. */
export function isGroupLabel(label: string): boolean {
  return !/^(?:inf|nan|without)$/i.test(label);
}
