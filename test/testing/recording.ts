import * as pulumi from "@pulumi/pulumi";
import { type EgressRecorder, egressMatchers, recordEgress } from "../../testing";

expect.extend(egressMatchers);

/** The id of a group that no program here makes. */
export const WEB = "sg-00000000000000001";

/** A rule of a program, as single resources take it. */
export const RULE = {
  securityGroupId: WEB,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  cidrIpv4: "10.0.0.0/16",
};

/** A recorder under which the program runs that follows. */
export async function recording(
  own?: Parameters<typeof recordEgress>[0],
  config: { [key: string]: string } = {},
  isPreview = false,
): Promise<EgressRecorder> {
  const egress = recordEgress(own);
  await pulumi.runtime.setMocks(egress, "shop", "test", isPreview);
  pulumi.runtime.setAllConfig(config);
  return egress;
}

/** Why there are no rules to assert on. */
export async function refusal(egress: EgressRecorder): Promise<string> {
  return egress.rules().then(
    () => {
      throw new Error("the rules are given");
    },
    (error: Error) => error.message,
  );
}

export function outputOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
