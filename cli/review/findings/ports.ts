import type { Piece } from "../piece";
import { hasPort } from "../traffic";
import type { Facts } from "./facts";
import { type Found, listed, together } from "./finding";
import { publicPieces } from "./publicPieces";

export interface NamedPort {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  readonly name: string;
}

/** One finding for all of these ports that open to public addresses. */
export function opensToPublic(facts: Facts, ports: readonly NamedPort[]): Found[] {
  const pieces = publicPieces(facts);
  const hits = ports
    .map((port) => ({ ...port, pieces: pieces.filter((piece) => hasPort(piece, port.protocol, port.port)) }))
    .filter((hit) => hit.pieces.length > 0);
  if (hits.length === 0) return [];
  const what = hits.map(({ protocol, port, name }) => `${name} (${protocol} ${port})`);
  const opening = [...new Set(hits.flatMap((hit) => hit.pieces))];
  return [
    {
      message: `${listed(what, 5)} to public addresses: ${listed(opening.map(destination))}.`,
      because: together(...opening.map(({ because }) => because)),
    },
  ];
}

function destination(piece: Piece): string {
  return piece.destination;
}
