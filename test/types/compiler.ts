import { join } from "node:path";
import * as ts from "typescript";
import { ROOT } from "../setup";

/** The TypeScript compiler and an editor's completions, for programs given as text. */
export interface Compiler {
  /** The errors of a program, each as its first line. */
  readonly errors: (program: string) => string[];
  /** What an editor offers where the program has `/*here*\/`, as it stands in the program. */
  readonly completions: (program: string) => string[];
}

const PROGRAM = join(ROOT, "test", "types", "program.ts");

/** Compiles as a user's project does, against the types that the package ships. */
export function makeCompiler(): Compiler {
  let text = "";
  let version = 0;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [PROGRAM],
    getScriptVersion: (file) => (file === PROGRAM ? String(version) : "0"),
    getScriptSnapshot: (file) => {
      const found = file === PROGRAM ? text : ts.sys.readFile(file);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => file === PROGRAM || ts.sys.fileExists(file),
    readFile: (file) => (file === PROGRAM ? text : ts.sys.readFile(file)),
    directoryExists: ts.sys.directoryExists,
    realpath: (file) => ts.sys.realpath?.(file) ?? file,
  });
  const put = (program: string) => {
    text = program;
    version++;
  };
  return {
    errors: (program) => {
      put(program);
      const found = [...service.getSyntacticDiagnostics(PROGRAM), ...service.getSemanticDiagnostics(PROGRAM)];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
    completions: (program) => {
      const [before = "", after = ""] = program.split("/*here*/");
      put(before + after);
      const found = service.getCompletionsAtPosition(PROGRAM, before.length, {});
      return (found?.entries ?? []).map(({ name }) => name);
    },
  };
}
