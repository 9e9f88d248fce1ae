/** Escaping for Markdown: laws that hold for any text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeSpan, escapeMarkdown, escapeWords, linkTarget } from "../../../../src/emit/runbooks/markdown/markdown.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("`", "|", "\\", "\n", "a", " ", "<", "]", "(", "1", ".", "#") }),
);

describe("text", () => {
  test("stays on one line", () => {
    fc.assert(fc.property(anyText, (text) => !/[\n\r\u2028\u2029]/.test(escapeMarkdown(text))));
  });

  test("has no active character that is not escaped", () => {
    fc.assert(fc.property(anyText, (text) => !/[`*_{}[\]|~$<>]/.test(escapeMarkdown(text).replaceAll(/\\./gu, ""))));
  });

  test.each([
    ["1. one", "&#49;. one"],
    ["- one", "\\- one"],
    ["# one", "\\# one"],
    ["3 of 4", "3 of 4"],
    ["0.1%", "0.1%"],
  ])("%s starts no list and no heading", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe("words", () => {
  test("keep the code that they mark", () => {
    expect(escapeWords("events of `a_total` that are *not* in `b_total`")).toBe(
      "events of `a_total` that are \\*not\\* in `b_total`",
    );
  });

  test("with an odd back-tick are text", () => {
    expect(escapeWords("a ` b")).toBe("a \\` b");
  });
});

describe("code", () => {
  test("in a line ends where its fence ends", () => {
    fc.assert(
      fc.property(anyText, (code) => {
        const [, fence = "", inside = ""] = /^(`+)([\s\S]*)\1$/.exec(codeSpan(code)) ?? [];
        return !inside.split(/[^`]+/).includes(fence);
      }),
    );
  });
});

test("a link's target ends no link, no cell and no line", () => {
  fc.assert(fc.property(anyText, (url) => !/[\s()<>[\]\\|`"]/.test(linkTarget(url))));
});
