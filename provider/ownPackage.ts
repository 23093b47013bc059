import type { PackageCopy } from "./rule/packageCopy";

/** The copy of this package that is running. Not read from package.json: what a bundler makes of a program has none. */
export const OWN_PACKAGE: PackageCopy = { version: "0.1.0", folder: __dirname };
