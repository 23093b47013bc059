import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "../../setup";
import { GONE, ID } from "../configured";
import type { StackConfig } from "../handler";

/** Reads a rule in a separate process: under Jest, errors from Node.js belong to another realm than the SDK. */
export async function toldInProcess(config: StackConfig): Promise<string> {
  const program = `
    const { egressRule } = require("pulumi-aws-egress/handlers");
    egressRule.configure({ config: { get: (key) => (${JSON.stringify({ "aws:maxRetries": "0", ...config })})[key] } });
    egressRule.read("${ID}", ${JSON.stringify(GONE)}).then(console.log, (error) => console.log(error.message));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { cwd: ROOT });
  return stdout;
}
