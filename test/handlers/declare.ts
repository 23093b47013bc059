import type { Props } from "./handler";
import { place } from "./ownPlace";
import { destination, type Kind, STACK } from "./place";

/** A rule as a program declares it, to a destination of this kind. */
export function declare(kind: Kind, more: Props = {}): Props {
  return {
    securityGroupId: place.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    ...destination(kind, place),
    description: "declared",
    tags: { Stage: "test", Team: "web" },
    owner: STACK,
    ...more,
  };
}
