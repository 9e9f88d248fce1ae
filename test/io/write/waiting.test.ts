import { expect, test } from "vitest";
import { waitingRoom } from "../../../src/io/write/waiting.ts";

const TEXTS = ["", "a\n", "é 日本 🚒\r\n\n", "rule: up\n".repeat(50_000)];

test.each([
  ["as it was", 1e9],
  ["packed", 0],
  ["either way", 100],
])("a file that waits %s is what it was, whenever it is read", (_how, room) => {
  const wait = waitingRoom(room);
  const files = TEXTS.map((text, index) => wait(`a/${index}.yaml`, text));
  expect(files.map(({ path }) => path)).toEqual(["a/0.yaml", "a/1.yaml", "a/2.yaml", "a/3.yaml"]);
  for (let time = 0; time < 2; time++) expect(files.map(({ bytes }) => String(bytes))).toEqual(TEXTS);
});

test("what there is no room for waits packed, also after something that fits", () => {
  const wait = waitingRoom(10);
  const files = ["short", "x".repeat(100_000), "more"].map((text) => wait("a/b.yaml", text));
  const isPacked = (file: object) => Object.getOwnPropertyDescriptor(file, "bytes")?.get !== undefined;
  expect(files.map(isPacked)).toEqual([false, true, true]);
});
