import type { RecordedRule } from "../../testing";

/** Recorded rules from lines such as `tcp 443 to 10.0.0.0/16 on web`; the default group is `web-id`. */
export function rulesOf(...lines: string[]): RecordedRule[] {
  return lines.map((line) => {
    const [, protocol = "", from, to = from, value = "", securityGroupId = "web-id"] =
      /^(\S+)(?: (-?\d+)(?:-(-?\d+))?)? to (\S+)(?: on (\S+))?$/.exec(line) ?? [];
    const ports = from === undefined ? {} : { ports: { from: Number(from), to: Number(to) } };
    return { name: line, securityGroupId, protocol, ...ports, destination: { kind: kindOf(value), value } };
  });
}

function kindOf(value: string): RecordedRule["destination"]["kind"] {
  if (value.includes("/")) return value.includes(":") ? "ipv6" : "ipv4";
  return /^(pl-|com\.)/.test(value) ? "prefixList" : "securityGroup";
}
