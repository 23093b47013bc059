import type { PackageCopy } from "./rule/packageCopy";

/** The running copy of this package. It does not read package.json, which a bundled program lacks. */
export const OWN_PACKAGE: PackageCopy = { version: "0.1.0", folder: __dirname };
