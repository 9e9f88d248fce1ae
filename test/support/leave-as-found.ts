/**
 * Around every test file: files of a worker run one after the other in the same process, so that what they share is loaded
 * once. What a file changes in the environment, or the folder it changes to, ends with it.
 */
import { afterAll } from "vitest";

const found = { env: { ...process.env }, cwd: process.cwd() };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in found.env)) delete process.env[name];
  Object.assign(process.env, found.env);
  process.chdir(found.cwd);
});
