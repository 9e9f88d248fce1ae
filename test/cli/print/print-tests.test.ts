/** What is said while tests are played. */
import { expect, test } from "vitest";
import { progressWords } from "../../../src/cli/print/print-tests.ts";

const file = "generated/prometheus/api.tests.yaml";

test("of many services, how many are done comes first: a narrow terminal cuts the end off", () => {
  expect(progressWords(file, "page-fast: a", { done: 6, all: 200 })).toMatch(
    /^6 of 200 .*api\.tests\.yaml: page-fast: a$/,
  );
});

test("of one service, only its test is named", () => {
  expect(progressWords(file, "one", { done: 0, all: 1 })).not.toMatch(/ of /);
});
