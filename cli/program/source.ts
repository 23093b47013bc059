import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import type { Source } from "./model";

/**
 * The line of the program that creates a resource: the innermost one in the project's own code.
 *
 * A component of a package creates its resources in the package's code, which reviewers do not see.
 */
export function sourceOf({ sourcePosition, stackTrace }: UnknownRecord): Source | undefined {
  const frames = Array.isArray(stackTrace)
    ? stackTrace.map((frame) => (isRecord(frame) ? frame.sourcePosition : undefined))
    : [];
  for (const position of [sourcePosition, ...frames]) {
    const source = parsePosition(position);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** Parses `project:///index.ts#4,1`: a path relative to the project's folder, the line and the column. */
function parsePosition(position: unknown): Source | undefined {
  if (typeof position !== "string") return undefined;
  const [, path = "", line = ""] = /^project:\/\/\/([^#]+)#(\d+)(?:,\d+)?$/.exec(position) ?? [];
  const file = decoded(path);
  const isForeign = file === "" || file.startsWith("../") || file.split("/").includes("node_modules");
  return isForeign ? undefined : { file, line: Number(line) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A file name may contain a plain "%", and then it is not encoded.
    return path;
  }
}
