/** The export that the engine's process loads by name. Last year's state loads it too: it is a contract. */
export const HANDLERS = "pulumi-aws-egress/handlers";

/**
 * All the code that state holds for a resource. It never changes, although the code that it loads by name does.
 *
 * The engine's process runs it in the program's folder, and looks for the package from there. A package manager that
 * isolates packages puts this one there only if the program itself depends on it. Other packages' dependencies lie
 * beside Pulumi's SDK, whose file started the process.
 */
export function providerLine(resource: "egressRule" | "egressRuleSet"): string {
  const found = `require.resolve("${HANDLERS}", { paths: [process.cwd(), require.main?.path ?? ""] })`;
  return `exports.handler = () => require(${found}).${resource};`;
}
