import { defaultRegion, targetFor } from "../provider/ec2/client/client";
import { readSettings } from "../provider/ec2/settings/settings";
import type { Target } from "../provider/ec2/target";
import { failuresText } from "../provider/rule/failure";
import { parseRegion } from "../provider/rule/ids";
import { InputError } from "./program/inputError";

/** The account and Region to read from. */
export interface LiveOptions {
  readonly region?: string;
  readonly profile?: string;
}

/** Calls EC2 with the options and the environment, then closes the connections. A failure is an input error. */
export async function askingEc2<Answer>(
  options: LiveOptions,
  ask: (target: Target) => Promise<Answer>,
): Promise<Answer> {
  const target = await liveTarget(options);
  try {
    return await ask(target);
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(error.message, { cause: error });
  } finally {
    target.client.destroy();
  }
}

async function liveTarget(options: LiveOptions): Promise<Target> {
  // The environment and the profile select credentials and Region, as for the AWS CLI.
  const read = readSettings((key) => (key === "aws:profile" ? options.profile : undefined));
  if ("failures" in read) throw new InputError(failuresText(read.failures));
  const region = options.region ?? (await defaultRegion(read.settings));
  if (region === undefined) {
    throw new InputError("a Region is required: specify --region, or set AWS_REGION");
  }
  parseRegion(region, (reason) => {
    throw new InputError(`--region: ${reason}`);
  });
  return targetFor(read.settings, region);
}
