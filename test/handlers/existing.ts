import type { Props } from "./handler";
import { place } from "./ownPlace";
import { authorize, CLAIM, OWNER_TAG, STACK, tcp } from "./place";

/** The tags of the declared rule. */
export const CLAIMED = { Team: "web", [OWNER_TAG]: CLAIM };

/** A rule as a program declares it. */
export function web(more: Props = {}): Props {
  const rule = { securityGroupId: place.group, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return { ...rule, cidrIpv4: "10.0.0.0/16", tags: { Team: "web" }, owner: STACK, ...more };
}

/** The declared rule, made by someone else. */
export function existing(claim?: string, tags: { readonly [key: string]: string } = {}): Promise<string> {
  const owner = claim === undefined ? {} : { [OWNER_TAG]: claim };
  return authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { ...tags, ...owner });
}
