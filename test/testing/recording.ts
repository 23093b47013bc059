import * as pulumi from "@pulumi/pulumi";
import { type EgressRecorder, egressMatchers, recordEgress } from "../../testing";

expect.extend(egressMatchers);

/** The id of a group that no program here creates. */
export const WEB = "sg-00000000000000001";

/** A program's rule, with the arguments of single resources. */
export const RULE = {
  securityGroupId: WEB,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  cidrIpv4: "10.0.0.0/16",
};

/** A recorder for the program that follows. */
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

/** Why there are no rules to check. */
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
