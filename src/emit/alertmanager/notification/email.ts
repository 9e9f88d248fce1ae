/** HTML of e-mails. */
import { byName, type Definition, lead, short } from "./filters.ts";

export const email: readonly Definition[] = [
  {
    name: "firebreak.email",
    comment: `HTML: e-mail. Alertmanager escapes every value for its place, also within links, where it forbids to do so by hand.`,
    text: String.raw`{{ define "firebreak.email" -}}
${lead}
<!DOCTYPE html>
<html><body style="font-family: sans-serif">
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.email.alert" . }}{{ end }}{{ else }}{{ with .CommonLabels.slo_service }}<h3>{{ . }}{{ with $.CommonLabels.slo }}/{{ . }}{{ end }}{{ with $.CommonLabels.budget }}/{{ . }}{{ end }}</h3>
{{ end }}<table cellpadding="4">
{{ range .Alerts.Firing }}{{ template "firebreak.email.row" . }}{{ end }}{{ range .Alerts.Resolved }}{{ template "firebreak.email.row" . }}{{ end }}</table>
{{ end }}{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if ${byName} }}{{ $labels = .GroupLabels }}{{ end -}}
<p>{{ with $alert.Annotations.runbook_url }}<a href="{{ . }}">Runbook</a> {{ end }}{{ with $alert.Annotations.dashboard_url }}<a href="{{ . }}">Dashboard</a> {{ end }}{{ with $alert.GeneratorURL }}<a href="{{ . }}">Query</a> {{ end }}<a href="{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" }}%22{{ end }}{{ if not (${byName}) }}{{ .CommonAnnotations.silence_also }}{{ end }}%7D">Silence</a></p>
</body></html>
{{ end }}`,
  },
  {
    name: "firebreak.email.alert",
    text: `{{ define "firebreak.email.alert" -}}
<h3>{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.over" . }}{{ else }}{{ template "firebreak.summary" . }}{{ end }}</h3>
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}<p>{{ . | ${short} }}</p>
{{ end }}{{ end }}<p>{{ template "firebreak.when" . }}</p>
{{ end }}`,
  },
  {
    name: "firebreak.email.row",
    text: `{{ define "firebreak.email.row" -}}
<tr><td>{{ template "firebreak.row" . }}</td><td>{{ if eq .Status "resolved" }}resolved{{ else }}since {{ template "firebreak.since" . }}{{ end }}</td></tr>
{{ end }}`,
  },
];
