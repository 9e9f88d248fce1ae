/** Every way in which there is no answer has words of its own. */
import type { RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Connection, NoAnswer } from "../../../src/doctor/ask/no-answer.ts";
import { ask, connectionOf } from "../../../src/doctor/ask/prometheus.ts";
import { startHttp } from "../../support/live-http.ts";

async function answering(listener: RequestListener, environment = {}, timeoutMs?: number): Promise<Connection> {
  const server = await startHttp(listener);
  onTestFinished(() => server.stop());
  return connected(server.url, environment, timeoutMs);
}

function connected(url: string, environment = {}, timeoutMs?: number): Connection {
  const connection = connectionOf(url, environment, timeoutMs === undefined ? {} : { timeoutMs });
  if ("code" in connection) throw new Error(connection.message);
  return connection;
}

async function problem(connection: Connection): Promise<NoAnswer> {
  const error = await ask(connection, "rules", z.object({})).catch((reason: unknown) => reason);
  if (error instanceof NoAnswer) return error;
  throw new Error(`no problem: ${JSON.stringify(error)}`);
}

test.each([
  [401, /401.*overloaded/],
  [403, /403.*overloaded/],
  [404, /404/],
  [429, /429.*overloaded/],
  [503, /503.*overloaded/],
])("%i is reported in words", async (status, words) => {
  const connection = await answering((_request, response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ status: "error", error: "overloaded" }));
  });
  const { issue, loss } = await problem(connection);
  expect([issue.message, loss]).toEqual([expect.stringMatching(words), "all"]);
});

test("a question that cannot be answered does not end the others", async () => {
  const connection = await answering((_request, response) => {
    response.statusCode = 422;
    response.end(JSON.stringify({ status: "error", error: "too many samples" }));
  });
  const { issue, loss } = await problem(connection);
  expect([issue.message, loss]).toEqual([expect.stringContaining("too many samples"), "refused"]);
});

test.each([
  "<html>",
  "",
  "null",
  "5",
  '{"data":[]}',
  '{"status":200,"data":{}}',
  '{"status":"success"}',
  '{"status":"success","data":null}',
  '{"status":"success","data":[]}',
  '{"status":"success","data":"up"}',
])("what no Prometheus answers is not taken for an answer, and shown: %s", async (text) => {
  const { issue, loss } = await problem(await answering((_request, response) => response.end(text)));
  expect([issue.message, loss]).toEqual([expect.stringContaining(text || "nothing"), "all"]);
});

test.each<[string, RequestListener]>([
  ["its length", (_request, response) => response.end('{"status":"success","data":{"gro')],
  [
    "the connection",
    (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write('{"status":"success"', () => response.destroy());
    },
  ],
])("an answer that is cut off is reported as such: by %s", async (_what, listener) => {
  const { issue } = await problem(await answering(listener));
  expect(issue.message).toContain("ended in the middle");
});

test("what timed out in the server is one question, not all of them", async () => {
  const connection = await answering((_request, response) => {
    response.statusCode = 503;
    response.end(JSON.stringify({ status: "error", errorType: "timeout", error: "query timed out" }));
  });
  const { issue, loss } = await problem(connection);
  expect([issue.message, loss]).toEqual([expect.stringContaining("query timed out"), "slow"]);
});

test("credentials that are refused are not asked for again, and a tenant that is missing is", async () => {
  const listener: RequestListener = (_request, response) => {
    response.statusCode = 401;
    response.end("no org id\n");
  };
  const { issue: refused } = await problem(await answering(listener, { FIREBREAK_PROMETHEUS_TOKEN: "old" }));
  expect(refused.message).toContain("does not accept the credentials (401): no org id");
  const { issue: missing } = await problem(await answering(listener));
  expect([missing.message, missing.hint]).toEqual([
    expect.stringContaining("no org id"),
    expect.stringContaining("FIREBREAK_PROMETHEUS_HEADERS"),
  ]);
});

test("a redirect to where the credentials do not go is named", async () => {
  const other = await answering(({ headers }, response) => {
    response.statusCode = headers.authorization === undefined ? 401 : 200;
    response.end("Unauthorized");
  });
  const first = await answering(
    (_request, response) => {
      response.writeHead(302, { location: `${other.url}/api/v1/rules` });
      response.end();
    },
    { FIREBREAK_PROMETHEUS_TOKEN: "t" },
  );
  const { issue } = await problem(first);
  expect(issue.message).toContain(`redirects to ${other.url}, which asks for credentials`);
});

test("a server that does not answer is not waited for", async () => {
  const { issue } = await problem(await answering(() => {}, {}, 50));
  expect(issue.message).toContain("0.05 s");
});

test("a port at which nothing listens is reported", async () => {
  const server = await startHttp(() => {});
  await server.stop();
  const { issue } = await problem(connected(server.url));
  expect([issue.message, issue.hint]).toEqual([expect.stringContaining("ECONNREFUSED"), expect.stringMatching(/./)]);
});

test("credentials and headers come from the environment", async () => {
  const seen: unknown[] = [];
  const listener: RequestListener = ({ headers }, response) => {
    seen.push([headers.authorization, headers["x-scope-orgid"]]);
    response.end(JSON.stringify({ status: "success", data: {} }));
  };
  const tenant = { FIREBREAK_PROMETHEUS_HEADERS: '{"X-Scope-OrgID":"team"}' };
  await ask(await answering(listener, { ...tenant, FIREBREAK_PROMETHEUS_TOKEN: "secret" }), "rules", z.object({}));
  await ask(
    await answering(listener, { FIREBREAK_PROMETHEUS_USER: "me", FIREBREAK_PROMETHEUS_PASSWORD: "pass" }),
    "rules",
    z.object({}),
  );
  expect(seen).toEqual([
    ["Bearer secret", "team"],
    [`Basic ${Buffer.from("me:pass").toString("base64")}`, undefined],
  ]);
});

test.each([
  ["localhost:9090", {}, "bad-url"],
  ["http://localhost:9090/graph?g0.expr=up", {}, "bad-url"],
  ["http://me:pass@localhost:9090", {}, "credential-in-url"],
  ["http://localhost:9090", { FIREBREAK_PROMETHEUS_HEADERS: "X: y" }, "bad-value"],
])("%s is refused", (url, environment, code) => {
  expect(connectionOf(url, environment)).toMatchObject({ code });
});
