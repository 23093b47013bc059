import { homedir } from "node:os";
import { type Failure, quote } from "../../rule/failure";

/** One value of the stack's configuration, such as `aws:region`; objects arrive as JSON. */
export type GetConfig = (key: string) => string | undefined;

export function readBoolean(property: string, get: GetConfig, failures: Failure[]): boolean {
  const value = get(property);
  if (value !== undefined && value !== "" && value !== "true" && value !== "false") {
    failures.push({ property, reason: `must be true or false; got ${quote(value)}` });
  }
  return value === "true";
}

export function readJson(property: string, get: GetConfig, failures: Failure[]): unknown {
  const text = get(property);
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Omit both the text and the parser's message, which quotes it: the text may hold secrets.
    failures.push({ property, reason: "is not JSON: set it with `pulumi config set --path`" });
    return undefined;
  }
}

/** A list of texts; empty if not given. */
export function parseTexts(property: string, value: unknown, failures: Failure[]): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
  failures.push({ property, reason: `${quote(value)} is not a list of strings` });
  return [];
}

/** A path as `@pulumi/aws` accepts it: with `~` for the home folder, and environment variables. */
export function expandedPath(path: string): string {
  const expanded = path.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_, braced, bare) => process.env[braced ?? bare] ?? "",
  );
  return expanded.replace(/^~(?=$|[\\/])/, process.env.HOME || homedir());
}
