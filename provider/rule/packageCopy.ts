/** One copy of this package, of which a project may have several. */
export interface PackageCopy {
  readonly version: string;
  /** Where it is, for a person. */
  readonly folder: string;
}

/** What is wrong where a program has its resources from one copy, and Pulumi calls another that means other things. */
export function otherCopyText(program: PackageCopy, called: PackageCopy): string | undefined {
  if (compatible(program.version) === compatible(called.version)) return undefined;
  return [
    `the program has it from pulumi-aws-egress ${program.version} (${program.folder}),`,
    `but what Pulumi finds from the program's folder is ${called.version} (${called.folder}):`,
    "have one version in the project, with the same range in each package.json that names it",
  ].join(" ");
}

/** What a caret range goes by: the major version, and before 1.0 the minor one. */
function compatible(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return major === "0" ? `0.${minor}` : major;
}
