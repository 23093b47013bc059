import { delimiter, dirname, join } from "node:path";
import { shareServer } from "./ec2/sharedServer";
import { ROOT, readSetUp } from "./setup";

/** Puts the Pulumi CLI that the set-up has found, and the dynamic provider's launcher, on PATH; starts the EC2 server. */
export default async function setUp(): Promise<void> {
  const { cli, languageHost } = readSetUp();
  const launcher = join(ROOT, "node_modules", "@pulumi", "pulumi");
  const tools = [dirname(cli), ...(languageHost ? [dirname(languageHost)] : []), launcher];
  // The AWS SDK's advice to people on Node 20 is not what a test or a demo has to say.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  await shareServer();
  process.env.PATH = [...tools, process.env.PATH].join(delimiter);
}
