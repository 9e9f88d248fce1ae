/**
 * One file in a directory that may hold others: written, read and removed by the engine's own process for TypeScript
 * resources, so that there is no plugin to install.
 *
 * The provider's functions are taken out of this module as text and run elsewhere. So each of them asks Node for what it
 * needs, names nothing outside of itself, and repeats what another one has.
 */
import * as pulumi from "@pulumi/pulumi";

interface FileInputs {
  readonly directory: string;
  /** Within the directory, with `/` between its parts. */
  readonly path: string;
  readonly content: string;
}

const provider: pulumi.dynamic.ResourceProvider<FileInputs, FileInputs> = {
  // Also asked in a preview: a file in the way is found before anything is written.
  async check(olds, news) {
    const { existsSync, readFileSync, lstatSync } = process.getBuiltinModule("node:fs");
    const file = `${news.directory}/${news.path}`;
    const failures: { property: string; reason: string }[] = [];
    const isNew = olds.path !== news.path || olds.directory !== news.directory;
    const parents = news.path.split("/").map((_part, index, all) => all.slice(0, index + 1).join("/"));
    const link = parents.find((path) =>
      lstatSync(`${news.directory}/${path}`, { throwIfNoEntry: false })?.isSymbolicLink(),
    );
    if (link !== undefined)
      failures.push({ property: "path", reason: `${news.directory}/${link} is a link that firebreak did not make.` });
    else if (isNew && existsSync(file)) {
      const list = `${news.directory}/.firebreak`;
      const owned =
        existsSync(list) &&
        readFileSync(list, "utf8")
          .split("\n")
          .some((line) => line.slice(66) === news.path);
      const same = lstatSync(file).isFile() && readFileSync(file, "utf8") === news.content;
      if (!owned && !same)
        failures.push({
          property: "path",
          reason: `${file} is in the way, and firebreak did not make it. Move it, delete it, or deploy to another directory.`,
        });
    }
    return { inputs: news, failures };
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
    const { mkdirSync, writeFileSync, renameSync, existsSync, readFileSync, lstatSync } =
      process.getBuiltinModule("node:fs");
    const { dirname } = process.getBuiltinModule("node:path");
    const { createHash } = process.getBuiltinModule("node:crypto");
    const { directory, path, content } = inputs;
    const file = `${directory}/${path}`;
    const list = `${directory}/.firebreak`;
    const head =
      "# Made by firebreak. These files are its own: it overwrites them, and deletes what is no longer made.";
    const lines = existsSync(list)
      ? readFileSync(list, "utf8")
          .split("\n")
          .filter((line) => /^[0-9a-f]{64} {2}./.test(line))
      : [];
    const owned = lines.some((line) => line.slice(66) === path);
    if (existsSync(file) && !owned && !(lstatSync(file).isFile() && readFileSync(file, "utf8") === content))
      throw new Error(`${file} is in the way, and firebreak did not make it. Nothing was written.`);
    const write = (target: string, text: string) => {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(`${target}.${process.pid}.new`, text);
      renameSync(`${target}.${process.pid}.new`, target);
    };
    const line = `${createHash("sha256").update(content).digest("hex")}  ${path}`;
    const kept = [...lines.filter((each) => each.slice(66) !== path), line];
    // The list comes first: what an interrupted deployment leaves behind is known as its own.
    write(list, [head, ...kept.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)), ""].join("\n"));
    write(file, content);
    return { id: file, outs: inputs };
  },
  async read(id, props) {
    const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
    if (props === undefined || !existsSync(id)) return { id: "" };
    return { id, props: { ...props, content: readFileSync(id, "utf8") } };
  },
  async update(_id, _olds, news) {
    const { mkdirSync, writeFileSync, renameSync, existsSync, readFileSync } = process.getBuiltinModule("node:fs");
    const { dirname } = process.getBuiltinModule("node:path");
    const { createHash } = process.getBuiltinModule("node:crypto");
    const { directory, path, content } = news;
    const list = `${directory}/.firebreak`;
    const head =
      "# Made by firebreak. These files are its own: it overwrites them, and deletes what is no longer made.";
    const lines = existsSync(list)
      ? readFileSync(list, "utf8")
          .split("\n")
          .filter((line) => /^[0-9a-f]{64} {2}./.test(line))
      : [];
    const write = (target: string, text: string) => {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(`${target}.${process.pid}.new`, text);
      renameSync(`${target}.${process.pid}.new`, target);
    };
    const line = `${createHash("sha256").update(content).digest("hex")}  ${path}`;
    const kept = [...lines.filter((each) => each.slice(66) !== path), line];
    write(`${directory}/${path}`, content);
    write(list, [head, ...kept.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)), ""].join("\n"));
    return { outs: news };
  },
  async delete(_id, props) {
    const { existsSync, readFileSync, writeFileSync, renameSync, rmSync, rmdirSync, readdirSync } =
      process.getBuiltinModule("node:fs");
    const { directory, path, content } = props;
    const file = `${directory}/${path}`;
    const list = `${directory}/.firebreak`;
    const all = existsSync(list) ? readFileSync(list, "utf8").split("\n") : [];
    const rest = all.filter((line) => line.slice(66) !== path);
    const owned = rest.length < all.length;
    if (existsSync(file) && (owned || readFileSync(file, "utf8") === content)) rmSync(file);
    if (rest.some((line) => /^[0-9a-f]{64} {2}./.test(line))) {
      writeFileSync(`${list}.${process.pid}.new`, rest.join("\n"));
      renameSync(`${list}.${process.pid}.new`, list);
    } else rmSync(list, { force: true });
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
