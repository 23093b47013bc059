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
    `the program uses pulumi-aws-egress ${program.version} (${program.folder}),`,
    `but from the program's folder Pulumi finds ${called.version} (${called.folder}):`,
    "use one version in the project, with the same range in each package.json",
  ].join(" ");
}

/** What a caret range goes by: the major version, and before 1.0 the minor one. */
function compatible(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return major === "0" ? `0.${minor}` : major;
}
