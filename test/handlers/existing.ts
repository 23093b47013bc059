import type { Props } from "./handler";
import { place } from "./ownPlace";
import { authorize, OWNER, OWNER_TAG, tcp } from "./place";

/** The mark of a resource that has taken its own rule over. */
export const RENEWED = new RegExp(`^${OWNER}@[0-9a-f]{8}$`);
/** The tags of the rule that is declared, with its resource's own mark. */
export const MARKS = { Team: "web", [OWNER_TAG]: OWNER };

/** A rule as a program declares it. */
export function web(more: Props = {}): Props {
  const rule = { securityGroupId: place.group, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return { ...rule, cidrIpv4: "10.0.0.0/16", tags: { Team: "web" }, owner: OWNER, ...more };
}

/** The rule that is declared, made by another hand. */
export function existing(owner?: string, tags: { readonly [key: string]: string } = {}): Promise<string> {
  const mark = owner === undefined ? {} : { [OWNER_TAG]: owner };
  return authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { ...tags, ...mark });
}
