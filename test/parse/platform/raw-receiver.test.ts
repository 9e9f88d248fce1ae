/** Receivers as Alertmanager has them: data is passed on, and a secret is named and never given. */
import { expect, test } from "vitest";
import { parse } from "../../../src/parse/parse.ts";
import { service } from "../valid.ts";

function issuesOf(page: object): string[] {
  const { issues } = parse({ services: [service], platform: { retention: "60d", receivers: { default: { page } } } });
  return issues.map(({ code, path }) => `${code} ${path.slice(4).join(".")}`);
}

const ofRaw = (config: object) => issuesOf({ raw: { telegram_configs: [config] } });

test("any list of integrations is taken, with its secrets named", () => {
  const named = { chat_id: 1, bot_token_file: { secret: "telegram" }, message: '{{ template "firebreak.text" . }}' };
  expect(ofRaw(named)).toEqual([]);
  expect(ofRaw({ ...named, http_config: { basic_auth: { username: "a", password_file: { secret: "b" } } } })).toEqual(
    [],
  );
});

test("a key that is no list of integrations is refused", () => {
  expect(issuesOf({ raw: { telegram: [{}] } })).toEqual(["bad-value raw.telegram"]);
  expect(issuesOf({ raw: { telegram_configs: [] } })).toEqual(["bad-value raw.telegram_configs"]);
});

test.each([
  ["bot_token", "short"],
  ["api_key", "short"],
  ["user_key", "short"],
  ["api_secret", "short"],
  ["auth_password", "short"],
  ["webhook_url", "https://chat.example.com/x"],
])("a value in %s is refused, whatever it looks like", (field, value) => {
  expect(ofRaw({ [field]: value })).toEqual([`secret-value raw.telegram_configs.0.${field}`]);
});

test("a secret in any other place is known by its form, and so is a login in a URL", () => {
  const place = "secret-value raw.telegram_configs.0.http_config.";
  expect(ofRaw({ http_config: { authorization: { credentials: "a" } } })).toEqual([
    `${place}authorization.credentials`,
  ]);
  expect(ofRaw({ http_config: { proxy_url: "http://a:b@proxy.example.com" } })).toEqual([`${place}proxy_url`]);
});

test("the name of a secret stands only where Alertmanager reads a file", () => {
  expect(ofRaw({ bot_token: { secret: "telegram" } })).toEqual(["secret-value raw.telegram_configs.0.bot_token"]);
});

test("mail has a login or none, and half of one is refused", () => {
  const mail = { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:587" };
  expect(issuesOf({ email: { ...mail, user: "b@example.com", secret: "smtp", requireTls: true } })).toEqual([]);
  expect(issuesOf({ email: { ...mail, user: "b@example.com" } })).toEqual(["bad-value email"]);
});
