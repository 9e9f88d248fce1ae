/** Whether a changed file still has types: what the compiler refuses is no mutant. */
import { join } from "node:path";
import ts from "typescript";

/** Says of a file's new text whether it compiles, with all others as they are. */
export type TypeCheck = (path: string, text: string) => boolean;

export function typeCheckOf(root: string): TypeCheck {
  const changed = { path: "", text: "", version: 0 };
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const isChanged = (name: string): boolean => name === changed.path;
  const read = (name: string): string | undefined => (isChanged(name) ? changed.text : ts.sys.readFile(name));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => ["src/index.ts", "src/cli/main.ts"].map((entry) => join(root, entry)),
    getScriptVersion: (name) => (isChanged(name) ? String(changed.version) : "0"),
    getScriptSnapshot: (name) => {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const compiles = (): boolean =>
    service.getSyntacticDiagnostics(changed.path).length === 0 &&
    service.getSemanticDiagnostics(changed.path).length === 0;
  return (path, text) => {
    Object.assign(changed, { path: join(root, path), text, version: changed.version + 1 });
    return compiles();
  };
}
