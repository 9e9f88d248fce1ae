/**
 * One file in a directory that may hold others: written, read and removed by the engine's own process for TypeScript
 * resources, so that there is no plugin to install.
 *
 * The provider's functions are taken out of this module as text and run elsewhere. So each of them asks Node for what it
 * needs, names nothing outside itself, and repeats what another one has.
 */
import * as pulumi from "@pulumi/pulumi";

/** The file that says which stack has a directory. */
export const OWNER = ".firebreak-stack";

interface FileInputs {
  readonly directory: string;
  /** Within the directory, with `/` between its parts. */
  readonly path: string;
  readonly content: string;
}

const provider: pulumi.dynamic.ResourceProvider<FileInputs, FileInputs> = {
  // Also asked in a preview: a file in the way is found before anything is written.
  async check(olds, news) {
    const { readFileSync, lstatSync } = process.getBuiltinModule("node:fs");
    const file = `${news.directory}/${news.path}`;
    const parents = news.path.split("/").map((_part, index, all) => all.slice(0, index + 1).join("/"));
    const link = parents.find((path) =>
      lstatSync(`${news.directory}/${path}`, { throwIfNoEntry: false })?.isSymbolicLink(),
    );
    const refuse = (reason: string) => ({ inputs: news, failures: [{ property: "path", reason }] });
    if (link !== undefined) return refuse(`${news.directory}/${link} is a link that firebreak did not make.`);
    const isNew = olds.path !== news.path || olds.directory !== news.directory;
    const there = lstatSync(file, { throwIfNoEntry: false });
    const text = there?.isFile() ? readFileSync(file, "utf8") : "";
    if (!isNew || there === undefined || text === news.content) return { inputs: news, failures: [] };
    if (news.path === ".firebreak-stack")
      return refuse(
        `${news.directory} is the directory of the stack ${text.split("\n")[1]}. Deploy to another one, or delete ${file} if that stack is gone.`,
      );
    if (!/\bMade by firebreak\b.*\bSum: [0-9a-f]{16}\b/.test(text.slice(0, 1000)))
      return refuse(
        `${file} is in the way, and firebreak did not make it. Move it, delete it, or deploy to another directory.`,
      );
    return { inputs: news, failures: [] };
  },
  async diff(_id, olds, news) {
    const moved = (["directory", "path"] as const).filter((key) => olds[key] !== news[key]);
    return {
      changes: moved.length > 0 || olds.content !== news.content,
      replaces: [...moved],
      deleteBeforeReplace: false,
    };
  },
  async create(inputs) {
    const { mkdirSync, writeFileSync, renameSync, readFileSync, lstatSync } = process.getBuiltinModule("node:fs");
    const { dirname } = process.getBuiltinModule("node:path");
    const { randomUUID } = process.getBuiltinModule("node:crypto");
    const { directory, path, content } = inputs;
    const file = `${directory}/${path}`;
    const there = lstatSync(file, { throwIfNoEntry: false });
    const text = there?.isFile() ? readFileSync(file, "utf8") : "";
    const isOurs = /\bMade by firebreak\b.*\bSum: [0-9a-f]{16}\b/.test(text.slice(0, 1000)) || text === content;
    if (there !== undefined && !isOurs)
      throw new Error(`${file} is in the way, and firebreak did not make it. Nothing was written.`);
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${dirname(file)}/.firebreak-${process.pid}-${randomUUID()}.tmp`;
    writeFileSync(temporary, content);
    renameSync(temporary, file);
    return { id: file, outs: inputs };
  },
  async read(id, props) {
    const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
    if (props === undefined || !existsSync(id)) return { id: "" };
    return { id, props: { ...props, content: readFileSync(id, "utf8") } };
  },
  async update(_id, _olds, news) {
    const { mkdirSync, writeFileSync, renameSync, existsSync, readFileSync, rmSync } =
      process.getBuiltinModule("node:fs");
    const { dirname } = process.getBuiltinModule("node:path");
    const { randomUUID } = process.getBuiltinModule("node:crypto");
    const { directory, path, content } = news;
    // Older versions kept a list of their files beside them; who deploys with this one has them in the state.
    const list = `${directory}/.firebreak`;
    if (existsSync(list) && /^# Made by firebreak\b/.test(readFileSync(list, "utf8"))) rmSync(list);
    const folder = dirname(`${directory}/${path}`);
    mkdirSync(folder, { recursive: true });
    const temporary = `${folder}/.firebreak-${process.pid}-${randomUUID()}.tmp`;
    writeFileSync(temporary, content);
    renameSync(temporary, `${directory}/${path}`);
    return { outs: news };
  },
  async delete(_id, props) {
    const { existsSync, readFileSync, lstatSync, rmSync, rmdirSync, readdirSync } = process.getBuiltinModule("node:fs");
    const { directory, path } = props;
    const file = `${directory}/${path}`;
    // Not by the content in the state: after a refresh that is whatever somebody put there.
    const text = lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : "";
    if (/\bMade by firebreak\b.*\bSum: [0-9a-f]{16}\b/.test(text.slice(0, 1000))) rmSync(file);
    const list = `${directory}/.firebreak`;
    if (existsSync(list) && /^# Made by firebreak\b/.test(readFileSync(list, "utf8"))) rmSync(list);
    const parents = path.split("/").map((_part, index, parts) => parts.slice(0, -1 - index));
    for (const folder of parents.map((parts) => [directory, ...parts].join("/")))
      if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  },
};

export class OwnedFile extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: FileInputs, opts: pulumi.CustomResourceOptions) {
    super(provider, name, { ...inputs }, opts, "firebreak", "File");
  }
}
