/**
 * URLs as Go's net/url reads them, which Alertmanager does: one that it refuses takes the whole configuration with it.
 * https://pkg.go.dev/net/url#Parse
 */

/** What is wrong with a text that should be an absolute URL of http or https. */
export interface UrlMistake {
  readonly message: string;
  readonly hint: string;
}

/** Undefined where browsers and Go take it. */
export function urlMistake(text: string): UrlMistake | undefined {
  // What it is stays unsaid: a URL may be a secret.
  if (hasStrayPercent(text))
    return { message: "it contains a `%` that is not a valid escape", hint: "Write `%25` for a percent sign." };
  if (URL.canParse(text) && ABSOLUTE.test(text)) return undefined;
  return {
    message: "it is not a URL with http or https",
    hint: "Give the whole URL, such as `https://runbooks.example.com/checkout`.",
  };
}

/** A host has letters, digits, dots, dashes and underscores, or is an IPv6 address; nothing has spaces. */
const ABSOLUTE =
  /^https?:\/\/(?:[\w.~!$&'()*+,;=:%@-]*@)?(?:\[[\da-f:.]+\]|[\w.\u00a1-\uffff-]+)(?::\d+)?(?:[/?#][^\s\u0000-\u001f\u007f]*)?$/i;

/** Go takes a query as it is. */
function hasStrayPercent(text: string): boolean {
  return /%(?![\da-f]{2})/iu.test(text.replace(/^([^?#]*)\?[^#]*/, "$1"));
}
