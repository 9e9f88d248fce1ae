/** What every format says in one line: the title, what is wrong with one alert, what is over, and a row of a list. */
import { type Definition, isBurn, lead, short, withoutName } from "./filters.ts";

interface Format {
  /** What the names begin with. */
  readonly prefix: string;
  /** What a value of a label passes through. */
  readonly filter?: string;
  /** Stands above the title. */
  readonly comment?: string;
}

/** `<prefix>.title`, `.summary`, `.over` and `.row`. */
export function rows({ prefix, filter, comment }: Format): Definition[] {
  const safe = filter === undefined ? "" : ` | ${filter}`;
  return [
    { ...titleOf(prefix), ...(comment === undefined ? {} : { comment }) },
    summaryOf(prefix, safe),
    overOf(prefix, safe),
    rowOf(prefix, safe),
  ];
}

function titleOf(prefix: string): Definition {
  const name = `${prefix}.title`;
  const text = `{{ define "${name}" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "${prefix}.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "${prefix}.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}`;
  return { name, text };
}

function summaryOf(prefix: string, safe: string): Definition {
  const name = `${prefix}.summary`;
  const text = `{{ define "${name}" -}}
{{ with .Annotations.summary }}{{ . | ${short}${safe} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value${safe} }}{{ end }}{{ end }}
{{- end }}`;
  return { name, text };
}

function overOf(prefix: string, safe: string): Definition {
  const name = `${prefix}.over`;
  const text = `{{ define "${name}" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1"${safe} }}{{ template "firebreak.ended" $ }}{{ else }}{{ .${safe} }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}`;
  return { name, text };
}

function rowOf(prefix: string, safe: string): Definition {
  const name = `${prefix}.row`;
  const text = `{{ define "${name}" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "${prefix}.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName}${safe} }}{{ else }}{{ template "${prefix}.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short}${safe} }}{{ end }}{{ end }}{{ end }}
{{- end }}`;
  return { name, text };
}
