/** Pieces of Alertmanager's template language that several templates share. */

/** Nobody has less than nothing left. */
const overspent = `reReplaceAll "-([0-9]+%) of the error budget is left" "The error budget is overspent by $1"`;
/** Two units of a time are enough, and from ten hours on one: 3h 5m 20s is 3h 5m, and 18h 3m 20s is 18h. */
export const short = `reReplaceAll "([0-9]+d [0-9]+h|[0-9]+h [0-9]+m|[0-9]+m)( [0-9]+[hms])+" "$1" | reReplaceAll "([0-9][dh]) 0[hm]|([0-9]{2}h) [0-9]+m" "$1$2" | ${overspent}`;
/** In Slack these are control characters, and a label could hold <!channel>. */
export const escaped = `reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"`;
export const unformatted = String.raw`reReplaceAll "([\\\\\\x60*_~\\[\\]<>#|])" "\\$1"`;
/** In a list of one SLO's groups that burn: the title names the SLO. */
export const withoutName = `reReplaceAll "^[a-z0-9/-]+ (.+: [0-9.e-]+% bad)" "$1"`;
export const isBurn = 'match ": [0-9.e-]+% bad" .Annotations.summary';
/** Grouped by name. Tickets of an unknown team are too, at the root, but with no service: what they share says more. */
export const byName = "and .GroupLabels.alertname (or .GroupLabels.slo_service (not .CommonLabels.slo_service))";
/** Links and titles are those of an alert that still fires, as long as there is one. */
export const lead =
  "{{ $alert := index .Alerts 0 }}{{ if .Alerts.Firing }}{{ $alert = index .Alerts.Firing 0 }}{{ end -}}";

/** One template: `{{ define "name" }}` to its `{{ end }}`. */
export interface Definition {
  readonly name: string;
  /** Stands above it in the file. */
  readonly comment?: string;
  readonly text: string;
}
