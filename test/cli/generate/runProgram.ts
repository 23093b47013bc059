import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import * as ownPackage from "../../../index";
import { mockPulumi, type Registered } from "../../components/mocks";

const MODULES = new Map<string, unknown>([
  ["@pulumi/pulumi", pulumi],
  ["pulumi-aws-egress", ownPackage],
]);

/** Compiles and runs a program's text as Pulumi would, with the packages that it imports. */
export function runText(text: string): void {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const run = new Function("require", "exports", outputText);
  run((name: string) => {
    const found = MODULES.get(name);
    if (found === undefined) throw new Error(`The program imports ${name}`);
    return found;
  }, {});
}

/** This package's resources that a program's text registers. */
export async function registeredBy(
  text: string,
  config: { readonly [key: string]: string } = {},
): Promise<Registered[]> {
  const registered = await mockPulumi({ ...config });
  const warn = jest.spyOn(console, "warn").mockImplementation(() => {});
  try {
    await pulumi.runtime.runInPulumiStack(async () => runText(text));
    await pulumi.runtime.disconnect();
  } finally {
    warn.mockRestore();
  }
  return registered.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/aws-egress:"));
}
