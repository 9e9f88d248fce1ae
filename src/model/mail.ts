/** Mail: addresses as Alertmanager's parser takes them (RFC 5322), and the host that takes mail. */

/** Whether it is a list of mailboxes, such as `a@example.com, On Call <b@example.com>`, of at most so many. */
export function isMailboxes(text: string, most = Number.POSITIVE_INFINITY): boolean {
  // Commas within quotes belong to a name.
  const boxes = text.match(/(?:"[^"]*"|[^",])+/g) ?? [];
  const commas = text.replaceAll(/"[^"]*"/g, "").split(",").length - 1;
  return boxes.length === commas + 1 && boxes.length <= most && boxes.every(isMailbox);
}

/** Whether it is a host with a port: a name, an IPv4 address, or an IPv6 address in brackets. */
export function isSmarthost(text: string): boolean {
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const isHost = host.startsWith("[") ? URL.canParse(`http://${host}/`) : HOST.test(host);
  return isHost && Number(port) >= 1 && Number(port) <= 65_535;
}

const HOST = /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/;

function isMailbox(text: string): boolean {
  const [, named] = /^ *(?:"[^"\\\p{Cc}]*"|[^"<>@,;:\\()[\]\p{Cc}]*)? *<([^<>]+)> *$/u.exec(text) ?? [];
  return ADDRESS.test(named ?? text.trim()) && !/\p{Cc}/u.test(text);
}

const ATOM = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
const LABEL = "[\\p{L}\\p{N}_]([\\p{L}\\p{N}_-]*[\\p{L}\\p{N}_])?";
const ADDRESS = new RegExp(`^${ATOM}(\\.${ATOM})*@${LABEL}(\\.${LABEL})*$`, "u");
