/**
 * Credentials where none belongs: in a URL, in a text, or in the place of a secret's name. They are known by their form.
 * What is declared is committed, generated and deployed in clear, so whoever can read the repository would have them.
 */
import { refuse } from "../../sli/fault.ts";

/** Refuses a text, or a URL, that gives a credential away; it is never quoted. */
export function refuseCredential(text: string, context: Parameters<typeof refuse>[0], hint = LINK_HINT): void {
  const exposure = exposureIn(text);
  if (exposure !== undefined) refuse(context, "credential-in-url", MESSAGES[exposure], hint);
}

/** Whether a text gives a credential away. */
export function holdsCredential(text: string): boolean {
  return exposureIn(text) !== undefined;
}

/** Whether this is a secret itself, where its name is expected. */
export function isSecretValue(name: string): boolean {
  return name.includes("://") || TOKENS.test(name) || KEYS.test(name) || looksRandom(name);
}

const LINK_HINT =
  "Leave the credential out, and change it if it was ever committed. Whoever follows a link signs in there; where alerts " +
  'are sent, receivers name a secret: slack: { secret: "slack" }.';

const MESSAGES = {
  login: "the URL holds a user or a password",
  parameter: "the URL holds a credential among its parameters",
  hook: "the URL is a secret itself: anyone who knows it can send there",
  token: "the text holds a token",
} as const;

/** What the URLs in a text, or the text itself, give away; undefined where it is nothing. */
function exposureIn(text: string): Exposure | undefined {
  const found = urlsIn(text).flatMap((url) => exposureOf(url) ?? []);
  return found[0] ?? (TOKENS.test(text) ? "token" : undefined);
}

type Exposure = keyof typeof MESSAGES;

/** Tokens that say by their beginning what they are: Slack, GitHub, GitLab, Grafana, AWS, SendGrid, model providers, JWT. */
const TOKENS =
  /\b(xox[a-z]-[\w-]{8,}|xapp-\d-[\w-]{8,}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{16,}|gl(sa|c)_\w{20,}|AKIA[0-9A-Z]{16}\b|SG\.[\w-]{16,}\.[\w-]{16,}|sk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+)/;

/** Keys of PagerDuty (32 digits, or capitals and digits) and of Opsgenie (a UUID). */
const KEYS =
  /^([0-9a-f]{32,}|[0-9A-F]{32,}|(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-Z]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12})$/;

/** Digits scattered over a long word: a name has them at the end of its parts. */
function looksRandom(name: string): boolean {
  const words = name.match(/[A-Za-z0-9]{20,}/g) ?? [];
  return words.some((word) => (word.match(/\d+/g) ?? []).length >= 4);
}

function urlsIn(text: string): URL[] {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? [text] : [];
  const within = text.match(/[a-z][a-z\d+.-]*:\/\/[^\s<>"'`]+/gi) ?? [];
  return [...whole, ...within].filter((url) => URL.canParse(url)).map((url) => new URL(url));
}

function exposureOf(url: URL): Exposure | undefined {
  if (hasLogin(url)) return "login";
  if (isHook(url)) return "hook";
  return parametersOf(url).some(isSecretParameter) ? "parameter" : undefined;
}

/** In `ssh://git@host` the user is not a secret; in a web address it is half of one, or a token. */
function hasLogin({ protocol, username, password }: URL): boolean {
  if (password !== "") return !isPlaceholder(decoded(password));
  return username !== "" && /^https?:$/.test(protocol) && !isPlaceholder(decoded(username));
}

function isHook({ hostname, pathname }: URL): boolean {
  const [host, path] = [hostname.replace(/\.$/, ""), decoded(pathname).replace(/\/{2,}/g, "/")];
  return HOOKS.some(([hosts, paths]) => hosts.test(host) && paths.test(path));
}

/** Addresses that are secrets as a whole: who knows one can post, or page. */
const HOOKS: readonly (readonly [hosts: RegExp, paths: RegExp])[] = [
  [/^hooks\.slack(-gov)?\.com$/, /^\/(services|workflows|triggers)\/./],
  [/^([a-z]+\.)?discord(app)?\.com$/, /^\/api\/(v\d+\/)?webhooks\/./],
  [/^([\w-]+\.)?webhook\.office\.com$/, /^\/webhook/],
  [/^outlook\.office(365)?\.com$/, /^\/webhook\/./],
  [/^chat\.googleapis\.com$/, /^\/v\d\/spaces\/./],
  [/^events\.([a-z]+\.)?pagerduty\.com$/, /^\/./],
  [/^alert\.victorops\.com$/, /^\/integrations\/./],
  [/^api\.telegram\.org$/, /^\/bot./],
  [/^hooks\.zapier\.com$/, /^\/hooks\/./],
  [/^webexapis\.com$/, /^\/v\d\/webhooks\/incoming\/./],
  [/^open\.(feishu\.cn|larksuite\.com)$/, /^\/open-apis\/bot\/v\d\/hook\/./],
  [/^qyapi\.weixin\.qq\.com$/, /^\/cgi-bin\/webhook\//],
  [/^maker\.ifttt\.com$/, /\/key\/./],
  [/^hc-ping\.com$/, /^\/./],
  [/^[\w-]*oncall[\w-]*\.grafana\.net$/, /^\/(oncall\/)?integrations\/./],
  // Mattermost, wherever it runs.
  [/./, /\/hooks\/[a-z\d]{26}$/],
];

function parametersOf({ searchParams, hash }: URL): (readonly [name: string, value: string])[] {
  return [...searchParams, ...new URLSearchParams(hash.replace(/^#([^?]*\?)?/, ""))];
}

function isSecretParameter([name, value]: readonly [string, string]): boolean {
  const bare = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  if (value === "" || isPlaceholder(value) || PAGING.test(bare)) return false;
  return SECRET_PARAMETER.test(bare) || (/^(key|code)$/.test(bare) && (value.length >= 30 || isSecretValue(value)));
}

const SECRET_PARAMETER =
  /(token|secret|password|passwd|passphrase|(api|access|auth|routing|integration|service|private|subscription)key|signature|credential|jwt)s?$|^(pwd|pass|sig|auth|authorization|bearer)$/;

/** Where in a long list one is. */
const PAGING = /^(next|page|nextpage|continuation|sync)token$/;

/** `{{ $labels.token }}`, `$TOKEN`, `***`: somebody else fills it in. */
function isPlaceholder(value: string): boolean {
  return /^(\{|\$|\*+$|x{3,}$)/i.test(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
