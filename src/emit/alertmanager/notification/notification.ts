/**
 * The text of notifications, in Alertmanager's template language. It is fixed: whatever was declared arrives as the
 * alerts' labels and annotations, so nothing is ever put into this text. A summary is `service/slo group: how it stands`;
 * a description may say `Error budget: 44% left`, which is found again when the alert has ended.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */
import { email } from "./email.ts";
import type { Definition } from "./filters.ts";
import { markdown } from "./markdown.ts";
import { plain } from "./plain.ts";
import { slack } from "./slack.ts";

const HEADER =
  "Made by firebreak: notifications. Also good for alerts that are not firebreak's: all parts but the labels are optional.";

const all = [...plain, ...slack, ...markdown, ...email];

/** The file, as Alertmanager loads it. */
export const notificationTemplate = `${[comment(HEADER), ...all.map(print)].join("\n\n")}\n`;

/** Each template by its name, without the comment above it. */
export const definitions: ReadonlyMap<string, string> = new Map(all.map(({ name, text }) => [name, text]));

function print({ comment: above, text }: Definition): string {
  return above === undefined ? text : `${comment(above)}\n${text}`;
}

/** On one line, or between lines of its own. */
function comment(text: string): string {
  return text.includes("\n") ? `{{/*\n${text}\n*/}}` : `{{/* ${text} */}}`;
}
