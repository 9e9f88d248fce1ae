/** The far end of Alertmanager: a server that notes what it is reported, and when. */
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type HttpServer, startHttp } from "./live-http.ts";

export interface Notification {
  /** Path of the URL that was called, such as `/page`. */
  readonly path: string;
  /** When it arrived, in milliseconds. */
  readonly at: number;
  readonly body: Payload;
}

/** Body of Alertmanager's webhook, and of Slack's. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export interface Payload {
  readonly status?: "firing" | "resolved";
  /** What makes it one group of one route. */
  readonly groupKey?: string;
  readonly alerts?: readonly NotifiedAlert[];
  readonly attachments?: readonly { readonly title: string; readonly text: string }[];
}

export interface NotifiedAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface WebhookSink extends HttpServer {
  /** Everything so far, in the order of arrival. */
  readonly notifications: readonly Notification[];
}

export async function startWebhookSink(): Promise<WebhookSink> {
  const notifications: Notification[] = [];
  const server = await startHttp(async (request, response) => {
    notifications.push({ path: request.url ?? "", at: Date.now(), body: await payload(request) });
    response.end("ok");
  });
  return { ...server, notifications };
}

async function payload(request: IncomingMessage): Promise<Payload> {
  return JSON.parse(await text(request)) as Payload;
}
