/** A module that changes what the language provides is found, and the change does not outlive it. */
import { afterEach, expect, test } from "vitest";
import { noteBuiltIns } from "../../../src/io/load/built-ins.ts";

const putBack = noteBuiltIns();
afterEach(() => {
  putBack();
});

test("a method that is replaced is named and put back", () => {
  const note = noteBuiltIns();
  const { map } = Array.prototype;
  Array.prototype.map = (() => []) as never;
  JSON.stringify = (() => "") as never;
  const changed = note();
  expect(changed).toEqual(["Array.prototype.map", "JSON.stringify"]);
  expect(Array.prototype.map).toBe(map);
});

test("a field that every object seems to have is named and taken away", () => {
  const note = noteBuiltIns();
  (Object.prototype as Record<string, unknown>).alerting = {};
  const changed = note();
  expect(changed).toEqual(["Object.prototype.alerting"]);
  expect("alerting" in {}).toBe(false);
});

test("a polyfill is none of it, nor is nothing", () => {
  const note = noteBuiltIns();
  Object.defineProperty(Array.prototype, "firebreakTest", { value: () => 1, configurable: true });
  expect(note()).toEqual([]);
  Reflect.deleteProperty(Array.prototype, "firebreakTest");
  expect(note()).toEqual([]);
});
