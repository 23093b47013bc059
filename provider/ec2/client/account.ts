import type { STSClientConfig } from "@aws-sdk/client-sts";
import { accountIn } from "../arn";

/** An account of AWS, which is one of its partition. */
export interface Account {
  readonly partition: string;
  readonly id: string;
}

/** Whose credentials calls are made with. */
export interface Caller extends Account {
  readonly arn: string;
}

/** Asks STS whose credentials these are: it tells everybody, without any right. */
export async function askCaller(options: STSClientConfig): Promise<Caller> {
  // Loaded here: hardly any run asks.
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
