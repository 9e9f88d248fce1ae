/** A server that answers as it is told, where a real Prometheus would not: for tests without an engine. */
import type { ServerResponse } from "node:http";
import { onTestFinished, vi } from "vitest";
import type { Connection } from "../../src/doctor/ask/no-answer.ts";
import { connectionOf } from "../../src/doctor/ask/prometheus.ts";
import { startHttp } from "../support/live-http.ts";

/** What is asked: `query`, `status/buildinfo`; with the query, or nothing. */
export interface Question {
  readonly path: string;
  readonly query: string;
}

/** The `data` of an answer; what is undefined is not there. */
export type Respond = (question: Question) => unknown;

/** Leaves a question without an answer until its time has run out. */
export const SILENCE = Symbol("silence");

/** Refuses a question, as for a limit of queries. */
export const REFUSAL = Symbol("refusal");

/** As a Prometheus in which every query has one sample, and no counter falls. */
export function sound({ path, query }: Question): unknown {
  if (path.startsWith("label/")) return [];
  return {
    query: query.includes("resets(") ? vectorOf() : vectorOf({ value: [0, "1"] }),
    series: [],
    rules: { groups: [] },
    targets: { activeTargets: [] },
    "status/buildinfo": { version: "3.5.0" },
  }[path];
}

export function vectorOf(...samples: readonly object[]): object {
  return { resultType: "vector", result: samples.map((sample) => ({ metric: { job: "shop" }, ...sample })) };
}

export async function pretend(respond: Respond): Promise<Connection> {
  const runOut = clock();
  const server = await startHttp(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const data = respond({ path: pathname.replace("/api/v1/", ""), query: searchParams.get("query") ?? "" });
    if (data === SILENCE) runOut();
    else send(response, data);
  });
  onTestFinished(() => server.stop());
  const connection = connectionOf(server.url, {});
  if ("code" in connection) throw new Error(connection.message);
  return connection;
}

/** Time that runs out for the last question when it is told to, and never by itself: a busy machine is no slow server. */
function clock(): () => void {
  let last = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
    last = new AbortController();
    return last.signal;
  });
  onTestFinished(() => timeout.mockRestore());
  return () => last.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
}

function send(response: ServerResponse, data: unknown): void {
  if (data === undefined) response.statusCode = 404;
  if (data === REFUSAL) response.statusCode = 422;
  response.end(
    JSON.stringify(data === REFUSAL ? { status: "error", error: "too many samples" } : { status: "success", data }),
  );
}
