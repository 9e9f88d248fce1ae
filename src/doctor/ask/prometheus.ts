/** Asks a Prometheus, with a time limit and credentials from the environment. Every failure has an answer of its own. */
import { z } from "zod";
import { type Issue, issue } from "../../issue.ts";
import {
  type Asked,
  type Connection,
  cutOff,
  foreign,
  late,
  NoAnswer,
  type Refusal,
  refused,
  unreachable,
} from "./no-answer.ts";

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
  const asked = { ...connection, question: wordsOf(path, parameters) };
  const { response, text } = await answerOf(asked, `${connection.url}/api/v1/${path}?${query}`);
  const json = jsonOf(text);
  if (!response.ok) throw refused(response, refusalIn(json, text), asked);
  if (json === undefined && /^\s*\{\s*"status"/.test(text)) throw new NoAnswer(cutOff(connection), "all");
  const answer = z.object({ status: z.literal("success"), data: schema }).safeParse(json);
  if (!answer.success) throw foreign(text, asked);
  return answer.data.data;
}

const LONGEST_QUERY = 120;

/** A query, or a path with the series that it is asked of. */
function wordsOf(path: string, { query, "match[]": match }: Parameters): string {
  if (query === undefined) return `/api/v1/${path}${match === undefined ? "" : ` of ${match}`}`;
  const line = String(query).replace(/\s+/g, " ");
  return `\`${line.length > LONGEST_QUERY ? `${line.slice(0, LONGEST_QUERY)}…` : line}\``;
}

interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** The connection may end in the middle, and the time as well. */
async function answerOf(to: Asked, address: string): Promise<Answer> {
  let response: Response | undefined;
  try {
    response = await get(to, address);
    return { response, text: await response.text() };
  } catch (error) {
    if ((error as Error).name === "TimeoutError") throw late(to, await isAlive(to, address));
    throw new NoAnswer(response ? cutOff(to) : unreachable(to, error as Error), "all");
  }
}

function get({ headers, timeoutMs }: Connection, address: string): Promise<Response> {
  return fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: "follow" });
}

/** Whether it answers what is always quick, unless that is what it did not answer. */
async function isAlive(to: Connection, unanswered: string): Promise<boolean> {
  const quick = `${to.url}/api/v1/status/buildinfo`;
  if (unanswered.startsWith(quick)) return false;
  try {
    const response = await get(to, quick);
    await response.text();
    return response.ok;
  } catch {
    return false;
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
