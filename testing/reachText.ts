import { Address4, Address6 } from "ip-address";
import { ALL_PROTOCOLS, hasPorts, isIcmp } from "../provider/rule/protocol";
import type { Range, Reach } from "../provider/rule/reach";

/** Describes a reach, even one that no single rule can express: `tcp 444-65535 to 10.0.0.1-10.0.0.255`. */
export function reachText({ protocol, numbers, space, addresses }: Reach): string {
  return `${trafficText(protocol, numbers)} to ${placeText(space, addresses)}`;
}

function trafficText(protocol: string, { first, last }: Range<number>): string {
  if (protocol === ALL_PROTOCOLS) return "all traffic";
  if (hasPorts(protocol)) return `${protocol} ${first === last ? first : `${first}-${last}`}`;
  if (!isIcmp(protocol)) return `protocol ${protocol}`;
  const [from, to] = [first >> 8, last >> 8];
  const allCodes = first % 256 === 0 && last % 256 === 255;
  if (allCodes && from === 0 && to === 255) return `all ${protocol}`;
  if (allCodes) return `${protocol} type ${from === to ? from : `${from}-${to}`}`;
  if (first === last) return `${protocol} type ${from} code ${first % 256}`;
  if (from === to) return `${protocol} type ${from} code ${first % 256}-${last % 256}`;
  return `${protocol} from type ${from} code ${first % 256} to type ${to} code ${last % 256}`;
}

function placeText(space: string, addresses: Range<bigint>): string {
  if (space === "ipv4") return rangeText(addresses, 32, (address) => Address4.fromBigInt(address));
  if (space === "ipv6") return rangeText(addresses, 128, (address) => Address6.fromBigInt(address));
  return space.slice(space.indexOf(" ") + 1);
}

/** Writes a range as a CIDR if it is one. */
function rangeText(
  { first, last }: Range<bigint>,
  bits: number,
  address: (value: bigint) => Address4 | Address6,
): string {
  const text = (value: bigint) => address(value).correctForm();
  const size = last - first + 1n;
  const hostBits = size.toString(2).length - 1;
  const isCidr = size === 1n << BigInt(hostBits) && first % size === 0n;
  return isCidr ? `${text(first)}/${bits - hostBits}` : `${text(first)}-${text(last)}`;
}
