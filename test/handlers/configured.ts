import { endpoint } from "../world";
import { withoutAwsEnvironment } from "./environment";
import { handlerOf, PROVIDER_LINE, type Props, type StackConfig } from "./handler";
import { type MishapProxy, type ProxiedCall, startProxy } from "./proxy";

/** Stands between the handlers of this test file and its EC2, so that each call is seen as it was sent. */
export let proxy: MishapProxy;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
});

afterAll(async () => {
  await proxy?.stop();
});

withoutAwsEnvironment();

beforeEach(() => proxy.reset());

export const ID = "sgr-0123456789abcdef0";
export const KEYS = { "aws:accessKey": "AKIACONFIGURED", "aws:secretKey": "configured secret" };

/** The state of a deleted rule. */
export const GONE = { securityGroupRuleId: ID, __provider: PROVIDER_LINE };

export function endpointsAt(url: string): StackConfig {
  return { "aws:endpoints": JSON.stringify([{ ec2: url, sts: url }]) };
}

/** The calls of a read with this configuration. */
export async function callsWith(config: StackConfig, props: Props = {}): Promise<readonly ProxiedCall[]> {
  const handler = handlerOf({ "aws:maxRetries": "0", ...config });
  await handler.read(ID, { ...props, ...GONE });
  return proxy.calls;
}
