/** Why a Prometheus gave no answer, in words: each way has its own. */
import { type Issue, issue } from "../../issue.ts";

/** Where to ask, and as whom. */
export interface Connection {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** That named it, where issues are: `--prometheus`. */
  readonly option: string;
}

/** `all`: nothing else can be asked either. `refused` and `slow`: this question, and others may be answered. */
export type Loss = "all" | "refused" | "slow";

/** Why an answer is missing, and what else is lost with it. */
export class NoAnswer extends Error {
  readonly issue: Issue;
  readonly loss: Loss;

  constructor(problem: Issue, loss: Loss) {
    super(problem.message);
    this.issue = problem;
    this.loss = loss;
  }
}

/** A connection with what it was asked, in words: an expression, or a path of its API. */
export interface Asked extends Connection {
  readonly question: string;
}

/** What a refusal says. */
export interface Refusal {
  readonly errorType?: string | undefined;
  readonly error?: string | undefined;
}

/** Nothing came in time. @param isAlive - Whether other questions are answered. */
export function late({ url, timeoutMs, option, question }: Asked, isAlive: boolean): NoAnswer {
  const hint = isAlive
    ? "It answers other questions: this one reads too many series, or the server is overloaded."
    : "Check whether a firewall drops the connection, or whether the server is overloaded.";
  const message = `${url} did not answer ${question} within ${timeoutMs / 1000} s.`;
  return new NoAnswer(issue("prometheus-unreachable", [option], message, hint), isAlive ? "slow" : "all");
}

/** Nothing came. */
export function unreachable({ url, option }: Connection, error: Error): Issue {
  const path = [option];
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

/** Something came, and not all of it. */
export function cutOff({ url, option }: Connection): Issue {
  return issue(
    "prometheus-unreachable",
    [option],
    `an answer of ${url} ended in the middle.`,
    "Check whether the server was restarted, or whether a proxy before it limits the size or time of answers.",
  );
}

/** An answer came that no Prometheus gives to what it was asked. */
export function foreign(answer: string, { url, option, question }: Asked): NoAnswer {
  return new NoAnswer(
    issue(
      "prometheus-unreachable",
      [option],
      `${url} does not seem to be the root of a Prometheus: it answers ${question} with ${excerpt(answer)}.`,
      ADDRESS_HINT,
    ),
    "all",
  );
}

const ADDRESS_HINT = "Check the address: add the prefix of its API, such as /prometheus, or leave out /graph.";

const EXCERPT_LENGTH = 80;

/** Its beginning, on one line. */
function excerpt(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, " ").trim();
  if (line === "") return "nothing";
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}

/** An answer came that is a refusal. */
export function refused(
  response: Response,
  { error = "", errorType }: Refusal,
  { url, headers, option, question }: Asked,
): NoAnswer {
  const { status } = response;
  const words = error === "" ? "" : `: ${error}`;
  const refusal = (message: string, hint: string, loss: Loss = "all"): NoAnswer =>
    new NoAnswer(issue("prometheus-unreachable", [option], message, hint), loss);
  if (status === 401) return refusal(...unauthorized(response, words, { url, headers }));
  if (status === 403)
    return refusal(
      `${url} refuses the request (403)${words}.`,
      "Ask for permission to read, or set the tenant's header in FIREBREAK_PROMETHEUS_HEADERS.",
    );
  if (status === 429)
    return refusal(`${url} has had too many requests (429)${words}.`, "Wait, or raise the tenant's limit.");
  const isSlow = status === 503 && errorType === "timeout";
  if (status === 400 || status === 422 || isSlow)
    return refusal(
      `${url} cannot answer ${question} (${status})${words}.`,
      "Check the server's limits for queries.",
      isSlow ? "slow" : "refused",
    );
  if (status >= 500)
    return refusal(`${url} failed (${status})${words}.`, "Look at the server's log, or at the proxy before it.");
  if (status === 404) return refusal(`${url} does not seem to be the root of a Prometheus (404).`, ADDRESS_HINT);
  return refusal(`${url} answered ${status}${words}.`, "Check whether it is the address of a Prometheus.");
}

type Address = Pick<Connection, "url" | "headers">;

/** Whose credentials are missing or wrong. */
function unauthorized(response: Response, words: string, { url, headers }: Address): [message: string, hint: string] {
  const elsewhere = response.redirected ? originElsewhere(response.url, url) : undefined;
  if (elsewhere !== undefined)
    return [
      `${url} redirects to ${elsewhere}, which asks for credentials (401)${words}.`,
      "Give that address: credentials are not sent on to another one.",
    ];
  if ("authorization" in headers)
    return [`${url} does not accept the credentials (401)${words}.`, "Check them, and for whom they are."];
  return [`${url} asks for credentials (401)${words}.`, CREDENTIALS_HINT];
}

const CREDENTIALS_HINT =
  "Set FIREBREAK_PROMETHEUS_TOKEN, or FIREBREAK_PROMETHEUS_USER and FIREBREAK_PROMETHEUS_PASSWORD; a tenant goes into FIREBREAK_PROMETHEUS_HEADERS.";

function originElsewhere(address: string, url: string): string | undefined {
  const { origin } = new URL(address);
  return origin === new URL(url).origin ? undefined : origin;
}
