/** Asks a Prometheus, with a time limit and credentials from the environment. Every failure has an answer of its own. */
import { z } from "zod";
import { type Issue, issue } from "../issue.ts";
import { type Connection, cutOff, foreign, NoAnswer, type Refusal, refused, unreachable } from "./no-answer.ts";

interface Asking {
  readonly timeoutMs?: number;
  readonly option?: string;
}

/** The environment's credentials: FIREBREAK_PROMETHEUS_TOKEN, or _USER and _PASSWORD, and _HEADERS as JSON. */
export function connectionOf(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  { timeoutMs = 10_000, option = "--prometheus" }: Asking = {},
): Connection | Issue {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || /[?#]/.test(url))
    return issue("bad-url", [option], `${url} is not a URL.`, "Write such as https://prometheus.example.com:9090.");
  if (parsed.username !== "" || parsed.password !== "")
    return issue(
      "credential-in-url",
      [option],
      "the URL holds a credential, which others can read in the list of processes.",
      "Set FIREBREAK_PROMETHEUS_USER and FIREBREAK_PROMETHEUS_PASSWORD, or FIREBREAK_PROMETHEUS_TOKEN.",
    );
  const headers = headersOf(environment);
  if (headers === undefined)
    return issue(
      "bad-value",
      ["FIREBREAK_PROMETHEUS_HEADERS"],
      "it is not a JSON object of strings.",
      'Write such as {"X-Scope-OrgID": "team-a"}.',
    );
  return { url: url.replace(/\/+$/, ""), headers, timeoutMs, option };
}

type Environment = Readonly<Record<string, string | undefined>>;

function headersOf(environment: Environment): Record<string, string> | undefined {
  const more = objectOf(environment.FIREBREAK_PROMETHEUS_HEADERS ?? "{}");
  return more && { ...more, ...authorizationOf(environment) };
}

function authorizationOf({
  FIREBREAK_PROMETHEUS_TOKEN: token,
  FIREBREAK_PROMETHEUS_USER: user,
  FIREBREAK_PROMETHEUS_PASSWORD: password = "",
}: Environment): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (user === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

function objectOf(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && Object.values(value).every((each) => typeof each === "string")
      ? (value as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}

type Parameters = Readonly<Record<string, string | number>>;

/**
 * The `data` of an answer of the HTTP API.
 *
 * @param schema - What a Prometheus answers: see `answers.ts`.
 * @throws {NoAnswer} where there is none, or another.
 */
export async function ask<T>(
  connection: Connection,
  path: string,
  schema: z.ZodType<T>,
  parameters: Parameters = {},
): Promise<T> {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const response = await send(connection, `${connection.url}/api/v1/${path}?${query}`);
  const text = await textOf(response, connection);
  const json = jsonOf(text);
  if (!response.ok) throw refused(response, refusalIn(json, text), connection);
  if (json === undefined && /^\s*\{\s*"status"/.test(text)) throw new NoAnswer(cutOff(connection), true);
  const answer = z.object({ status: z.literal("success"), data: schema }).safeParse(json);
  if (!answer.success) throw foreign(path, text, connection);
  return answer.data.data;
}

async function send(to: Connection, address: string): Promise<Response> {
  try {
    const { headers, timeoutMs } = to;
    return await fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: "follow" });
  } catch (error) {
    throw new NoAnswer(unreachable(to, error as Error), true);
  }
}

/** The connection may end in the middle. */
async function textOf(response: Response, connection: Connection): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    const { name } = error as Error;
    throw new NoAnswer(name === "TimeoutError" ? unreachable(connection, error as Error) : cutOff(connection), true);
  }
}

/** Undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refusal = z.object({ error: z.string().optional(), errorType: z.string().optional() });

/** Why it was refused: a Prometheus says it as JSON, others in a line of text. */
function refusalIn(json: unknown, text: string): Refusal {
  if (json !== undefined) return refusal.safeParse(json).data ?? {};
  return /^[^<\n]{1,200}\n?$/.test(text) ? { error: text.trim() } : {};
}
