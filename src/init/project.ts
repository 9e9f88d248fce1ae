/** The files of a project, each with what happens to one that is there already. */
import { AGENTS } from "./agents.ts";
import type { Answers } from "./answers.ts";
import { declarations, type Surroundings } from "./declarations.ts";
import { type Deployment, deploymentFiles } from "./deployment.ts";
import { extendManifest, type Needed, newManifest } from "./manifest.ts";
import type { ProjectFile } from "./project-file.ts";

/** Versions and texts that come with the package. */
export interface Kit {
  readonly needed: Needed;
  /** Undefined: nothing of Pulumi is wanted. */
  readonly deployment: Deployment | undefined;
}

/** The files, by path. */
export function projectFiles(answers: Answers, surroundings: Surroundings, { needed, deployment }: Kit): ProjectFile[] {
  return [
    { path: "slos/index.ts", text: declarations(answers, surroundings) },
    ...(deployment === undefined ? [] : deploymentFiles(deployment, answers.name)),
    { path: "package.json", text: newManifest(answers.name, needed), existing: (text) => extendManifest(text, needed) },
    { path: "tsconfig.json", text: TSCONFIG, existing: "keep" },
    { path: ".gitignore", text: deployment === undefined ? IGNORED : `${IGNORED}deployed/\n`, existing: "keep" },
    { path: ".gitattributes", text: `${ATTRIBUTES}\n`, existing: (text) => withLine(text, ATTRIBUTES) },
    { path: "AGENTS.md", text: AGENTS, existing: (text) => withSection(text, AGENTS) },
  ];
}

const IGNORED = "node_modules/\n";

/** A review folds what is generated. */
const ATTRIBUTES = "generated/** linguist-generated";

const TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2024",
    "module": "nodenext",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true,
    "allowImportingTsExtensions": true
  },
  "include": ["slos"]
}
`;

function withLine(text: string, line: string): string {
  return text.split(/\r?\n/).includes(line) ? text : `${ended(text)}${line}\n`;
}

function withSection(text: string, section: string): string {
  const [heading = ""] = section.split("\n", 1);
  return text.includes(heading) ? text : `${ended(text)}\n${section}`;
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
