import type { Port } from "../../components/port";
import { icmpTypeName } from "../../provider/rule/icmp";
import { ALL_PROTOCOLS, isIcmp } from "../../provider/rule/protocol";
import { atom, call, type Expression, object } from "./expression";
import { text } from "./literal";

/** Traffic in an intent or component: `Port.tcp(8443)`. */
export function portSource({ protocol, fromPort, toPort }: Port): Expression {
  if (protocol === ALL_PROTOCOLS) return call("Port.all");
  if (fromPort === undefined || toPort === undefined) return call("Port.protocol", atom(protocol));
  if (isIcmp(protocol)) {
    return call(`Port.${protocol}`, icmpType(protocol, fromPort), ...(toPort === -1 ? [] : [atom(toPort)]));
  }
  return fromPort === toPort
    ? call(`Port.${protocol}`, atom(fromPort))
    : call(`Port.${protocol}Range`, atom(fromPort), atom(toPort));
}

/** Traffic in a rule: `ipProtocol: "tcp", fromPort: 8443, toPort: 8443`. */
export function portProperties({ protocol, fromPort, toPort }: Port): {
  readonly [argument: string]: Expression;
} {
  const ipProtocol = text(protocol);
  if (fromPort === undefined || toPort === undefined) return { ipProtocol };
  if (!isIcmp(protocol)) return { ipProtocol, fromPort: atom(fromPort), toPort: atom(toPort) };
  const code = toPort === -1 ? undefined : atom(toPort);
  return { ipProtocol, icmp: object({ type: icmpType(protocol, fromPort), code }) };
}

function icmpType(protocol: "icmp" | "icmpv6", type: number): Expression {
  const name = icmpTypeName(protocol, type);
  return name === undefined ? atom(type) : text(name);
}
