import { trafficText } from "../../provider/rule/rule";
import { TCP, UDP } from "./initiator";
import type { LearnedDestination } from "./policy";

const NAMES: { readonly [protocol: number]: string } = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };

/** The protocol's name in rules. */
export function protocolName(protocol: number): string {
  return NAMES[protocol] ?? String(protocol);
}

/** `tcp 443`, as in the text of rules. */
export function portText(protocol: number, port: number): string {
  const hasPorts = protocol === TCP || protocol === UDP;
  return trafficText(protocolName(protocol), hasPorts ? { from: port, to: port } : undefined);
}

export function destinationText(to: LearnedDestination): string {
  return to.kind === "prefixList" ? to.name : to.value;
}

/** `1,234 flows`, `1 flow`. */
export function counted(count: number | bigint, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 || count === 1n ? one : several}`;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB", "PB"];

/** `5.6 MB`. */
export function bytesText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power]}`;
}

/** `2026-11-20 08:15`, in UTC. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/** `2026-11-20 08:15 to 2026-11-27 23:59 UTC`. */
export function spanText({ first, last }: { readonly first: number; readonly last: number }): string {
  return `${timeText(first)} to ${timeText(last)} UTC`;
}

/** The first members of a list, and how many more there are. */
export function someOf(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return `${texts.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
