import { handlerOf, PROVIDER_LINE, type Props, type StackConfig } from "./handler";

export const REGION = { "aws:region": "us-east-1" };

/** A rule as a program declares it. */
export const WEB = {
  securityGroupId: "sg-0123456789abcdef0",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
};

/** The result of check without an earlier run. */
export const check = (args: Props, config: StackConfig = REGION) =>
  handlerOf(config).check({}, { ...args, __provider: PROVIDER_LINE });

/** The reason of each failure, by its property. */
export async function failuresOf(args: Props, config: StackConfig = REGION): Promise<Props> {
  const { failures } = await check(args, config);
  return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
}
