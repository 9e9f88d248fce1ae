/** E-mail addresses and mail servers, as Alertmanager uses them when it sends: it does not check them when it loads. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";

/** One address, with or without a name: `oncall@example.com`, `On call <oncall@example.com>`. */
export const addressSchema = z.string().refine((text) => MAILBOX.test(text), {
  error: "it is not an e-mail address",
  params: fault("bad-value", "Give an address, such as `oncall@example.com`."),
});

/** One address or several, with commas between them. */
export const addressesSchema = z.string().refine((text) => MAILBOXES.test(text), {
  error: "it is not an e-mail address",
  params: fault("bad-value", "Give an address, such as `oncall@example.com`; with commas between several."),
});

/** A mail server and its port. */
export const smarthostSchema = z.string().refine(isServer, {
  error: "it is not a host with a port between 1 and 65535",
  params: fault("bad-value", "Give both, such as `smtp.example.com:587`."),
});

const ATOM = String.raw`[\w!#$%&'*+/=?^\x60{|}~\u00a1-\uffff-]+`;
const DOMAIN = String.raw`[a-z\d\u00a1-\uffff](?:[\w.\u00a1-\uffff-]*[a-z\d\u00a1-\uffff])?`;
const ADDRESS = String.raw`${ATOM}(?:\.${ATOM})*@(?!\S*\.\.)${DOMAIN}`;
const NAME = String.raw`(?:"[^"\\\u0000-\u001f\u007f]*"|${ATOM}(?: +${ATOM})*)`;
const BOX = ` *(?:${ADDRESS}|(?:${NAME})? *<${ADDRESS}>) *`;
const MAILBOX = new RegExp(`^${BOX}$`, "i");
const MAILBOXES = new RegExp(`^${BOX}(?:,${BOX})*$`, "i");

const LAST_PORT = 65_535;

function isServer(text: string): boolean {
  const [, host = "", port] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  return isHost(host) && Number(port) >= 1 && Number(port) <= LAST_PORT;
}

function isHost(host: string): boolean {
  if (host.startsWith("[")) return /^\[[\da-f:.]+\]$/i.test(host) && URL.canParse(`http://${host}/`);
  return !host.includes("..") && /^[a-z\d_](?:[\w.-]*[a-z\d_.])?$/i.test(host);
}
