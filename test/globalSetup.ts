import { delimiter, dirname, join } from "node:path";
import { shareServer } from "./ec2/sharedServer";
import { ROOT, readSetUp } from "./setup";

/** Puts the Pulumi CLI from the set-up and the dynamic provider's launcher on PATH; starts the EC2 server. */
export default async function setUp(): Promise<void> {
  const { cli, languageHost } = readSetUp();
  const launcher = join(ROOT, "node_modules", "@pulumi", "pulumi");
  const tools = [dirname(cli), ...(languageHost ? [dirname(languageHost)] : []), launcher];
  // Hides the AWS SDK's advice about Node 20 from tests and the demo.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  await shareServer();
  process.env.PATH = [...tools, process.env.PATH].join(delimiter);
}
