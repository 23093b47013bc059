import { BlockList, isIP } from "node:net";
import type { Network } from "../settings/network";

/** Where a request goes. */
interface Origin {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/**
 * The proxy for a request; undefined if the request needs none.
 *
 * It reads `noProxy` as `@pulumi/aws` does: a name also matches its subdomains, and a name after a dot or `*.` matches
 * only those; addresses and CIDRs match addresses, `*` matches everything, and each may have a port. A proxy never
 * carries calls to this machine.
 */
export function proxyFor(
  { httpProxy, httpsProxy, noProxy }: Pick<Network, "httpProxy" | "httpsProxy" | "noProxy">,
  { protocol, hostname, port = protocol === "https:" ? 443 : 80 }: Origin,
): string | undefined {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, "");
  const exempt = ["localhost", "127.0.0.0/8", "::1", ...noProxy.toLowerCase().split(/[\s,]+/)];
  if (exempt.some((entry) => entry === "*" || isFor(entry, host, port))) return undefined;
  return protocol === "https:" ? httpsProxy : httpProxy;
}

function isFor(entry: string, host: string, port: number): boolean {
  const [, range = "", bits] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  if (bits !== undefined) return isWithin(host, range, Number(bits));
  if (isIP(entry) === 6) return isWithin(host, entry, 128);
  const [, name = "", only] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  if (name === "" || (only !== undefined && Number(only) !== port)) return false;
  if (isIP(name) !== 0) return isWithin(host, name, isIP(name) === 6 ? 128 : 32);
  const below = name.replace(/^\*?\.?/, ".");
  return host.endsWith(below) || host === name;
}

function isWithin(host: string, range: string, bits: number): boolean {
  const kind = kindOf(range);
  if (kind === undefined || kindOf(host) !== kind) return false;
  if (bits > (kind === "ipv6" ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(range, bits, kind);
  return list.check(host, kind);
}

function kindOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 6 ? "ipv6" : "ipv4";
}
