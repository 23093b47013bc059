import { endpoint } from "../world";
import { configFor, type Handler, type Props, type StackConfig } from "./handler";
import { destination, type Place, STACK } from "./place";
import { type MishapProxy, startProxy } from "./proxy";
import { bothAt } from "./ruleSet/sets";

/** The account in which the tests make groups, and another one. */
export const MINE = "123456789012";
export const THEIRS = "222222222222";
export const THEIR_ROLE = `arn:aws:iam::${THEIRS}:role/x`;
/** Whose the credentials of that role are. */
export const THEIR_ARN = `arn:aws:sts::${THEIRS}:assumed-role/x/pulumi-aws-egress`;

/** What makes the credentials those of the other account. */
export const OF_THEIRS: StackConfig = {
  "aws:assumeRoles": JSON.stringify([{ roleArn: THEIR_ROLE }]),
};

/** Before the endpoint: here the calls to STS are seen, too. */
export let proxy: MishapProxy;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
});

beforeEach(() => proxy.reset());

afterAll(async () => {
  await proxy?.stop();
});

/** Both kinds of handlers, in a run of their own. */
export function run(config: StackConfig = {}): { readonly rules: Handler; readonly sets: Handler } {
  return bothAt(proxy, config);
}

/** What a stack sets whose STS nobody answers for: the port of a server that is gone. */
export async function withoutSts(): Promise<StackConfig> {
  const gone = await startProxy(endpoint.url);
  await gone.stop();
  const { "aws:endpoints": _, ...config } = configFor(proxy.url);
  return { ...config, "aws:endpoints": JSON.stringify([{ ec2: proxy.url, sts: gone.url }]) };
}

/** How often STS was asked whose the credentials are. */
export function askedSts(): number {
  return proxy.calls.filter(({ action }) => action === "GetCallerIdentity").length;
}

/** The calls that EC2 got. */
export function toEc2(): string[] {
  return proxy.calls.map(({ action }) => action).filter((action) => !OF_STS.includes(action));
}

const OF_STS = ["AssumeRole", "GetCallerIdentity"];

/** A rule of HTTPS on the group of a place. */
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
