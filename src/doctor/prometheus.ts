/** Asks a Prometheus, with a time limit and credentials from the environment. Every failure has an answer of its own. */
import { type Issue, issue } from "../issue.ts";

/** Where to ask, and as whom. */
export interface Connection {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** That named it, where issues are: `--prometheus`. */
  readonly option: string;
}

interface Asking {
  readonly timeoutMs?: number;
  readonly option?: string;
}

/** Why an answer is missing. `isFinal`: nothing else can be asked either. */
export class NoAnswer extends Error {
  readonly issue: Issue;
  readonly isFinal: boolean;

  constructor(problem: Issue, isFinal: boolean) {
    super(problem.message);
    this.issue = problem;
    this.isFinal = isFinal;
  }
}

/** The environment's credentials: FIREBREAK_PROMETHEUS_TOKEN, or _USER and _PASSWORD, and _HEADERS as JSON. */
export function connectionOf(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  { timeoutMs = 10_000, option = "--prometheus" }: Asking = {},
): Connection | Issue {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
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
 * @throws {NoAnswer} where there is none.
 */
export async function ask<T>(connection: Connection, path: string, parameters: Parameters = {}): Promise<T> {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const response = await send(connection, `${connection.url}/api/v1/${path}?${query}`);
  const body = await bodyOf(response, connection);
  if (response.ok && body.status === "success") return body.data as T;
  throw refused(response, body.error ?? "", connection);
}

async function send(to: Connection, address: string): Promise<Response> {
  try {
    const { headers, timeoutMs } = to;
    return await fetch(address, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: "follow" });
  } catch (error) {
    throw new NoAnswer(unreachable(to, error as Error), true);
  }
}

function unreachable({ url, timeoutMs, option }: Connection, error: Error): Issue {
  const path = [option];
  if (error.name === "TimeoutError")
    return issue(
      "prometheus-unreachable",
      path,
      `${url} did not answer within ${timeoutMs / 1000} s.`,
      "Check whether a firewall drops the connection, or whether the server is overloaded.",
    );
  const code = reasonOf(error);
  const hint =
    HINTS.find(([pattern]) => pattern.test(code))?.[1] ?? "Check whether the URL is right and the server runs.";
  return issue("prometheus-unreachable", path, `${url} cannot be reached${code === "" ? "" : ` (${code})`}.`, hint);
}

/** What the system says; `fetch failed` says nothing. */
function reasonOf({ cause, message }: Error): string {
  const { code, message: why } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return String(code ?? why ?? message).replace(/^fetch failed$/, "");
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, "No such host: look at the name, and whether you need a VPN."],
  [/ECONNREFUSED/, "Nothing listens there: look at the port, or forward it with kubectl port-forward."],
  [
    /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/,
    "Its certificate is not trusted: name its authority's file in NODE_EXTRA_CA_CERTS.",
  ],
  [/EPROTO|WRONG_VERSION|SSL/, "It does not speak TLS, or only TLS: change between http and https."],
  [/ECONNRESET|SOCKET/, "The connection was cut: check whether a proxy expects TLS or a header."],
];

interface Body {
  readonly status?: string;
  readonly data?: unknown;
  readonly error?: string;
}

/** What is no JSON has no status. */
async function bodyOf(response: Response, connection: Connection): Promise<Body> {
  try {
    return JSON.parse(await response.text()) as Body;
  } catch (error) {
    if ((error as Error).name === "TimeoutError") throw new NoAnswer(unreachable(connection, error as Error), true);
    return {};
  }
}

function refused({ status, ok }: Response, error: string, { url, option }: Connection): NoAnswer {
  const words = error === "" ? "" : `: ${error}`;
  const refusal = (message: string, hint: string, isFinal: boolean): NoAnswer =>
    new NoAnswer(issue("prometheus-unreachable", [option], message, hint), isFinal);
  if (status === 401)
    return refusal(
      `${url} asks for credentials (401)${words}.`,
      "Set FIREBREAK_PROMETHEUS_TOKEN, or FIREBREAK_PROMETHEUS_USER and FIREBREAK_PROMETHEUS_PASSWORD.",
      true,
    );
  if (status === 403)
    return refusal(
      `${url} refuses the request (403)${words}.`,
      "Ask for permission to read, or set the tenant's header in FIREBREAK_PROMETHEUS_HEADERS.",
      true,
    );
  if (status === 429)
    return refusal(`${url} has had too many requests (429)${words}.`, "Wait, or raise the tenant's limit.", true);
  if (status === 400 || status === 422)
    return refusal(
      `${url} cannot answer a query (${status})${words}.`,
      "Check the server's limits for queries.",
      false,
    );
  if (status >= 500)
    return refusal(`${url} failed (${status})${words}.`, "Look at the server's log, or at the proxy before it.", true);
  if (ok || status === 404)
    return refusal(
      `${url} is not a Prometheus, or not its root (${status}).`,
      "Add the prefix of its API, such as /prometheus, or leave out /graph.",
      true,
    );
  return refusal(`${url} answered ${status}${words}.`, "Check whether it is the address of a Prometheus.", true);
}
