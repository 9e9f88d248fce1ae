/** The little that has to be known of a project: whatever is not given has a default, and only a person at a terminal is asked. */
import { isId, nearestId } from "../parse/text/id.ts";

export interface Answers {
  /** Of the project, and of its first service. */
  readonly name: string;
  /** The team to notify. */
  readonly owner: string;
  /** Undefined: nothing is asked of any Prometheus. */
  readonly prometheus: string | undefined;
}

/** What was given on the command line. */
export type Given = { readonly [K in keyof Answers]: string | undefined };

/** Asks a person, and gives what was typed. */
export type Ask = (question: string) => Promise<string>;

/**
 * The answers, asked for where `ask` is there.
 *
 * @param folder - Name of the folder that the project is in.
 */
export async function answersOf(given: Given, folder: string, ask: Ask | undefined): Promise<Answers> {
  const wanted = async (known: string | undefined, question: string, fallback: string): Promise<string> =>
    known ?? ((await ask?.(`${question} (${fallback || "none"}): `))?.trim() || fallback);
  const name = await idFrom(nearestId(folder) || "my-service", (fallback) =>
    wanted(given.name, "Name of the service", fallback),
  );
  const owner = await wanted(given.owner, "Team to notify", "default");
  const prometheus = await wanted(given.prometheus, "URL of a Prometheus that has its metrics", "");
  return { name, owner, prometheus: prometheus === "" ? undefined : prometheus };
}

/** Asked again with the nearest id until it is one: it becomes a part of labels and file names. */
async function idFrom(fallback: string, wanted: (fallback: string) => Promise<string>): Promise<string> {
  const name = await wanted(fallback);
  return isId(name) ? name : idFrom(nearestId(name) || fallback, wanted);
}
