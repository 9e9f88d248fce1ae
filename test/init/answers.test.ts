/** Little is asked: what was given is not, and where nobody can answer the defaults hold. */
import { expect, test } from "vitest";
import { answersOf } from "../../src/init/answers.ts";

const NOTHING = { name: undefined, owner: undefined, prometheus: undefined };

/** Answers in their order, and the questions that they were given to. */
function person(...typed: string[]) {
  const questions: string[] = [];
  const ask = async (question: string): Promise<string> => {
    questions.push(question);
    return typed[questions.length - 1] ?? "";
  };
  return { ask, questions };
}

test("without anybody to ask, the folder gives the name, and no Prometheus is asked", async () => {
  const answers = await answersOf(NOTHING, "Check Out", undefined);
  expect(answers).toEqual({ name: "check-out", owner: "default", prometheus: undefined });
});

test("a folder of which no id is left has a name all the same", async () => {
  expect((await answersOf(NOTHING, "2024", undefined)).name).toBe("my-service");
});

test("a person is asked for what was not given, and an empty line takes the default", async () => {
  const { ask, questions } = person("web", "");
  const answers = await answersOf({ ...NOTHING, name: "shop" }, "folder", ask);
  expect(answers).toEqual({ name: "shop", owner: "web", prometheus: undefined });
  expect(questions.length).toBe(2);
});

test("a name that is no id is asked for again, with the nearest one", async () => {
  const { ask, questions } = person("Check out!", "", "web", "");
  expect((await answersOf(NOTHING, "folder", ask)).name).toBe("check-out");
  expect(questions[1]).toContain("(check-out)");
});

test("nothing is asked where all was given", async () => {
  const { ask, questions } = person();
  const given = { name: "shop", owner: "web", prometheus: "http://localhost:9090" };
  expect(await answersOf(given, "folder", ask)).toEqual(given);
  expect(questions).toEqual([]);
});
