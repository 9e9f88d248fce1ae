/** The script of the GitLab template, against a server that keeps notes as GitLab's API describes them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { project } from "../cli/firebreak.ts";
import { startHttp } from "../support/live-http.ts";

const TEMPLATE = join(import.meta.dirname, "..", "..", "ci", "gitlab", "review.yml");
const ME = 7;
const NOTES = "/projects/1/merge_requests/2/notes";

interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  body: string;
}

function note(id: number, author: number, body: string): Note {
  return { id, author: { id: author }, body };
}

/** Runs the comment's job over what the first one left, and gives the notes that there are then. */
async function notesAfter(comment: string, notes: Note[], stack = "default"): Promise<Note[]> {
  const server = await startHttp((request, response) => void answer(request, response, notes));
  onTestFinished(() => server.stop());
  const cwd = project({ "firebreak-review/comment.md": comment, "firebreak-review/stack": `${stack}\n` });
  const child = spawn("sh", ["-ec", scriptOf("firebreak:comment")], {
    cwd,
    env: environment(server.url),
    stdio: "pipe",
  });
  const [status] = (await once(child, "close")) as [number];
  expect(status).toBe(0);
  return notes;
}

function scriptOf(job: string): string {
  const template = parse(readFileSync(TEMPLATE, "utf8")) as Record<string, { script: string[] }>;
  return template[job]?.script.join("\n") ?? "";
}

function environment(url: string): NodeJS.ProcessEnv {
  return {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    CI_API_V4_URL: url,
    CI_MERGE_REQUEST_PROJECT_ID: "1",
    CI_MERGE_REQUEST_IID: "2",
    FIREBREAK_COMMENT_TOKEN: "hush",
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, notes: Note[]): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://gitlab");
  const id = Number(pathname.slice(NOTES.length + 1));
  const send = (status: number, value?: unknown) => void response.writeHead(status).end(JSON.stringify(value));
  if (request.headers["private-token"] !== "hush") return send(401, {});
  if (pathname === "/user") return send(200, { id: ME });
  if (!pathname.startsWith(NOTES)) return send(404, {});
  const found = notes.findIndex((each) => each.id === id);
  switch (request.method) {
    case "GET": {
      const first = (Number(searchParams.get("page")) - 1) * 100;
      return send(200, notes.slice(first, first + 100));
    }
    case "POST":
      notes.push(note(1000, ME, ((await json(request)) as Note).body));
      return send(201, {});
    case "PUT":
      Object.assign(notes[found] as Note, await json(request));
      return send(200, {});
    default:
      notes.splice(found, 1);
      return send(204);
  }
}

const MARK = "\n<!-- firebreak:default -->\n";

test("the first comment is added", async () => {
  expect(await notesAfter(`new${MARK}`, [])).toEqual([note(1000, ME, `new${MARK}`)]);
});

test("the next one takes its place, behind a hundred others", async () => {
  const others = Array.from({ length: 120 }, (_, index) => note(index, 3, "a word"));
  const notes = await notesAfter(`new${MARK}`, [...others, note(500, ME, `old${MARK}`)]);
  expect(notes).toEqual([...others, note(500, ME, `new${MARK}`)]);
});

test("where nothing changes any more it is deleted, and nothing is added", async () => {
  expect(await notesAfter("", [note(1, ME, `old${MARK}`)])).toEqual([]);
  expect(await notesAfter("", [])).toEqual([]);
});

test("what somebody else wrote is left alone, and so is the comment of another stack", async () => {
  const theirs = [note(1, 3, `quoted${MARK}`), note(2, ME, "x\n<!-- firebreak:prod -->\n")];
  expect(await notesAfter(`new${MARK}`, [...theirs])).toEqual([...theirs, note(1000, ME, `new${MARK}`)]);
});
