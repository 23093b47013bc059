/** The export that the engine's process gets by name. State of last year does, too: it is a contract. */
export const HANDLERS = "pulumi-aws-egress/handlers";

/**
 * All the code that state holds of a resource. It never changes: what it calls by name does.
 *
 * The engine's process runs it in the program's folder, and looks for the package from there. A package manager that
 * isolates packages has put it there only if the program itself depends on it; what other packages depend on lies beside
 * Pulumi's SDK, whose file the process was started with.
 */
export function providerLine(resource: "egressRule" | "egressRuleSet"): string {
  const found = `require.resolve("${HANDLERS}", { paths: [process.cwd(), require.main?.path ?? ""] })`;
  return `exports.handler = () => require(${found}).${resource};`;
}
