/** A copy of this package; a project may have several. */
export interface PackageCopy {
  readonly version: string;
  /** Its path. */
  readonly folder: string;
}

/** The failure if a program imports one copy, and Pulumi calls an incompatible one. */
export function otherCopyText(program: PackageCopy, called: PackageCopy): string | undefined {
  if (compatible(program.version) === compatible(called.version)) return undefined;
  return [
    `the program uses pulumi-aws-egress ${program.version} (${program.folder}),`,
    `but from the program's folder Pulumi finds ${called.version} (${called.folder}):`,
    "use one version in the project, with the same range in each package.json",
  ].join(" ");
}

/** What a caret range keeps: the major version, and before 1.0 the minor version. */
function compatible(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return major === "0" ? `0.${minor}` : major;
}
