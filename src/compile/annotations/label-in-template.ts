/** Labels of an alert in Go templates. */

/** Its value, where a value may stand: `$labels.model`; a name with dots would be read as fields of fields. */
export function labelInTemplate(label: string): string {
  return label.includes(".") ? `(index $labels ${JSON.stringify(label)})` : `$labels.${label}`;
}
