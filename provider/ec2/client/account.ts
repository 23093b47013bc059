import type { STSClientConfig } from "@aws-sdk/client-sts";
import { accountIn } from "../arn";

/** An AWS account and its partition. */
export interface Account {
  readonly partition: string;
  readonly id: string;
}

/** The owner of the credentials. */
export interface Caller extends Account {
  readonly arn: string;
}

/** Asks STS who owns the credentials; this needs no permission. */
export async function askCaller(options: STSClientConfig): Promise<Caller> {
  // Load it here: few runs ask.
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(options);
  try {
    const { Arn: arn = "" } = await client.send(new GetCallerIdentityCommand());
    const account = accountIn(arn);
    if (account) return { ...account, arn };
  } finally {
    client.destroy();
  }
  const error = new Error(
    "the response is not from STS: check the endpoint (aws:endpoints, AWS_ENDPOINT_URL) and anything in between, such as a proxy",
  );
  throw Object.assign(error, { name: "UnknownAnswer" });
}
