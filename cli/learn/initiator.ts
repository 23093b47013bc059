import { SERVICES, type Service } from "../../components/catalogue";

/** Who began what a packet belongs to. */
export type Initiator = "sender" | "receiver";

export const TCP = 6;
export const UDP = 17;

const SYN = 2;
const ACK = 16;

/** By the flags of TCP: a SYN begins, a SYN with ACK answers. Undefined in the midst of a connection. */
export function byFlags(flags: number): Initiator | undefined {
  if ((flags & SYN) === 0) return undefined;
  return (flags & ACK) === 0 ? "sender" : "receiver";
}

/** What a port looks like: a service's, one that may be either, or a client's. */
export const SERVICE = 0;
export const EITHER = 1;
export const CLIENT = 2;
export type Rank = typeof SERVICE | typeof EITHER | typeof CLIENT;

/** Where the ports begin that Linux gives to clients; those of Windows and of IANA begin at 49152. */
const FIRST_CLIENT_PORT = 32768;
const FIRST_REGISTERED_PORT = 1024;

/** What a port of TCP or UDP looks like. */
export function rankOf(protocol: number, port: number): Rank {
  if (port < FIRST_REGISTERED_PORT || CATALOGUED.has(protocol * 65536 + port)) return SERVICE;
  return port < FIRST_CLIENT_PORT ? EITHER : CLIENT;
}

/** The ports of the catalogue, by protocol and number. */
const CATALOGUED: ReadonlySet<number> = new Set(
  Object.values(SERVICES).flatMap(({ variants }: Service) =>
    Object.values(variants).flatMap((ports) =>
      ports.flatMap(({ protocol, fromPort, toPort = fromPort }) => {
        const number = protocol === "tcp" ? TCP : protocol === "udp" ? UDP : undefined;
        if (number === undefined || fromPort === undefined || toPort === undefined) return [];
        return Array.from({ length: toPort - fromPort + 1 }, (_, place) => number * 65536 + fromPort + place);
      }),
    ),
  ),
);
