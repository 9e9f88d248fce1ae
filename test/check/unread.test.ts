/** A mistake in a field of the platform is reported once, and not as the field's absence. */
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { availability, platform, service } from "../parse/valid.ts";

function codesOf(change: object): string[] {
  const services = [{ ...service, slos: [availability], runbook: undefined, runbooks: undefined }];
  const { issues } = build({ services, platform: { ...platform, ...change }, templates: {}, targets: [] });
  return issues.filter(({ level }) => level !== "note").map(({ code }) => code);
}

test("a receiver with a mistake in it is a receiver", () => {
  const page = { webhook: { url: "https://h/%zz" } };
  expect(codesOf({ receivers: { default: { page } } })).not.toContain("no-receivers");
  expect(codesOf({ receivers: {} })).toContain("no-receivers");
});

test("a link with a mistake in it is a link", () => {
  expect(codesOf({ runbooks: "r.example.com" })).not.toContain("missing-runbook");
  expect(codesOf({ runbooks: undefined })).toContain("missing-runbook");
});

test("a field whose name is misspelt is not absent as well", () => {
  const page = { webhook: { url: "https://h.example.com" } };
  expect(codesOf({ receivrs: { default: { page } } })).toEqual(expect.not.arrayContaining(["no-receivers"]));
  expect(codesOf({ receivers: undefined })).toContain("no-receivers");
});
