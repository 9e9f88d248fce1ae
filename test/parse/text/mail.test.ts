/** E-mail: what Alertmanager could never deliver is refused, and what it takes is taken. */
import { expect, test } from "vitest";
import { parse } from "../../../src/parse/parse.ts";
import { platform, service } from "../valid.ts";

const sound = { to: "oncall@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587" };

function refused(change: object): string[] {
  const receivers = { default: { page: { email: { ...sound, ...change } } } };
  const { issues } = parse({ services: [service], platform: { ...platform, receivers } });
  return issues.map(({ code, path }) => `${code} ${path.slice(4).join(".")}`);
}

test.each([
  "h:0",
  "h:65536",
  "h:99999",
  "-:1",
  "-h:25",
  "h",
  ":25",
  "h:",
  "h:x",
  "a b:25",
  "::1:25",
  "[::1]",
  "[::g]:25",
  "user@h:25",
  "a..b:25",
])("%j is no smarthost", (smarthost) => expect(refused({ smarthost })).toEqual(["bad-value email.smarthost"]));

test.each([
  "smtp.example.com:587",
  "localhost:25",
  "10.0.0.1:65535",
  "[::1]:25",
  "[2001:db8::25]:587",
  "mail_relay:25",
])("%j is a smarthost", (smarthost) => expect(refused({ smarthost })).toEqual([]));

test.each([
  "@",
  "a@",
  "@b",
  "a@b\nBcc: x@y",
  "a@b\r\nBcc: x@y",
  "a@b@c",
  "a b@c",
  "a@b,",
  ",a@b",
  "a@b;c@d",
  "a@-b",
  ".a@b",
  "a..b@c",
  "Team <a@b",
  "Te\nam <a@b>",
  "",
])("%j is nobody's address", (text) => {
  expect(refused({ to: text })).toEqual(["bad-value email.to"]);
  expect(refused({ from: text })).toEqual(["bad-value email.from"]);
});

test.each([
  "a@b",
  "first.last+tag@example.co.uk",
  "On Call <a@example.com>",
  '"Doe, Jane" <a@example.com>',
  "ü@exämple.com",
])("%j is an address", (text) => expect(refused({ to: text, from: text })).toEqual([]));

test("a message goes to several, and comes from one", () => {
  expect(refused({ to: "a@example.com, B <b@example.com>" })).toEqual([]);
  expect(refused({ from: "a@example.com, b@example.com" })).toEqual(["bad-value email.from"]);
});
