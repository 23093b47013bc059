import { endpoint } from "../world";
import { configFor, type Handler, type Props, type StackConfig } from "./handler";
import { destination, type Place, STACK } from "./place";
import { type MishapProxy, startProxy } from "./proxy";
import { bothAt } from "./ruleSet/sets";

/** The account in which the tests create groups, and another one. */
export const MINE = "123456789012";
export const THEIRS = "222222222222";
export const THEIR_ROLE = `arn:aws:iam::${THEIRS}:role/x`;
/** The owner of that role's credentials. */
export const THEIR_ARN = `arn:aws:sts::${THEIRS}:assumed-role/x/pulumi-aws-egress`;

/** The other account's credentials. */
export const OF_THEIRS: StackConfig = {
  "aws:assumeRoles": JSON.stringify([{ roleArn: THEIR_ROLE }]),
};

/** In front of the endpoint, so that calls to STS are seen, too. */
export let proxy: MishapProxy;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
});

beforeEach(() => proxy.reset());

afterAll(async () => {
  await proxy?.stop();
});

/** Both kinds of handlers, in their own run. */
export function run(config: StackConfig = {}): { readonly rules: Handler; readonly sets: Handler } {
  return bothAt(proxy, config);
}

/** The configuration of a stack whose STS never answers: the port of a stopped server. */
export async function withoutSts(): Promise<StackConfig> {
  const gone = await startProxy(endpoint.url);
  await gone.stop();
  const { "aws:endpoints": _, ...config } = configFor(proxy.url);
  return { ...config, "aws:endpoints": JSON.stringify([{ ec2: proxy.url, sts: gone.url }]) };
}

/** How often STS was asked for the owner of the credentials. */
export function askedSts(): number {
  return proxy.calls.filter(({ action }) => action === "GetCallerIdentity").length;
}

/** The calls that EC2 received. */
export function toEc2(): string[] {
  return proxy.calls.map(({ action }) => action).filter((action) => !OF_STS.includes(action));
}

const OF_STS = ["AssumeRole", "GetCallerIdentity"];

/** An HTTPS rule on the group of a place. */
export function ruleOn(place: Place, more: Props = {}): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    ...destination("IPv4", place),
    owner: STACK,
    ...more,
  };
}
