import { delimiter, dirname, join } from "node:path";
import { ROOT, readSetUp } from "./setup";

/** Puts the Pulumi CLI that the set-up has found, and the dynamic provider's launcher, on PATH for every test. */
export default function setUp(): void {
  const { cli, languageHost } = readSetUp();
  const launcher = join(ROOT, "node_modules", "@pulumi", "pulumi");
  const tools = [dirname(cli), ...(languageHost ? [dirname(languageHost)] : []), launcher];
  process.env.PATH = [...tools, process.env.PATH].join(delimiter);
}
