import { expect, test } from "vitest";
import { packed } from "../../../src/io/write/packed.ts";

test.each(["", "a\n", "é 日本 🚒\r\n\n", "rule: up\n".repeat(50_000)])(
  "a packed text is what it was, whenever it is read",
  (text) => {
    const file = packed("a/b.yaml", text);
    expect(file.path).toBe("a/b.yaml");
    expect([file.text, file.text]).toEqual([text, text]);
  },
);
