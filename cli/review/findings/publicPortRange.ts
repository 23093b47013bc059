import { ALL_PROTOCOLS, hasPorts } from "../../../provider/rule/protocol";
import type { Piece } from "../piece";
import { type Kind, listed, together } from "./finding";
import { publicPieces } from "./publicPieces";

export const publicPortRange: Kind = {
  id: "public-port-range",
  severity: "medium",
  why: "A service at a public address listens on known ports: a range allows traffic that nobody intended.",
  find(facts) {
    const pieces = publicPieces(facts).filter(isRange);
    if (pieces.length === 0) return [];
    return [
      {
        message: `A range of ports to public addresses: ${listed(pieces.map(({ text }) => text))}.`,
        because: together(...pieces.map(({ because }) => because)),
      },
    ];
  },
};

function isRange({ protocol, numbers }: Piece): boolean {
  return protocol === ALL_PROTOCOLS || (hasPorts(protocol) && numbers.end - numbers.start > 1);
}
