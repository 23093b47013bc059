import { SERVICES, type Service } from "../../components/catalogue";

/** The side that initiated the flow of a packet. */
export type Initiator = "sender" | "receiver";

export const TCP = 6;
export const UDP = 17;

const SYN = 2;
const ACK = 16;

/** Decides by TCP flags: a SYN initiates, a SYN with ACK answers. Undefined in the middle of a connection. */
export function byFlags(flags: number): Initiator | undefined {
  if ((flags & SYN) === 0) return undefined;
  return (flags & ACK) === 0 ? "sender" : "receiver";
}

/** The likely use of a port: a service, either, or a client. */
export const SERVICE = 0;
export const EITHER = 1;
export const CLIENT = 2;
export type Rank = typeof SERVICE | typeof EITHER | typeof CLIENT;

/** Linux assigns client ports from here on. Windows and IANA begin at 49152. */
const FIRST_CLIENT_PORT = 32768;
const FIRST_REGISTERED_PORT = 1024;

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
