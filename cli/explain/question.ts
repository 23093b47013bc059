import { Address4, Address6 } from "ip-address";
import { DESTINATION_PROPERTY, type DestinationKind } from "../../provider/rule/destination";
import { quote } from "../../provider/rule/failure";
import { parse } from "../../provider/rule/parse";
import { ruleOf, ruleText } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import { InputError } from "../program/inputError";
import type { Model, Traffic } from "../program/model";
import { groupNamed } from "./groupNamed";

/** The question, as command options. */
export interface Asked {
  readonly to: string;
  readonly port?: string;
  readonly protocol?: string;
}

/** The traffic in question. */
export interface Question {
  readonly traffic: Traffic;
  /** `tcp 443 to 10.0.0.7`. */
  readonly text: string;
}

/**
 * Parses a question.
 *
 * @param model the program, whose groups the question can name by resource
 */
export function parseQuestion({ to, port, protocol }: Asked, model: Model): Question {
  const [fromPort, toPort = fromPort] = rangeOf(port);
  const destination = destinationOf(to, model);
  const parsed = parse({
    securityGroupId: UNKNOWN,
    // A port alone means TCP. Without port and protocol, the question is about all traffic.
    ipProtocol: protocol ?? (port === undefined ? "-1" : "tcp"),
    ...(/^(1|58|icmp|icmpv6)$/i.test(protocol?.trim() ?? "")
      ? { fromPort: port ?? -1, toPort: -1 }
      : { fromPort, toPort }),
    [DESTINATION_PROPERTY[destination.kind]]: destination.label === undefined ? destination.value : UNKNOWN,
  });
  if ("failures" in parsed) {
    // Both ends of a range come from one option, so it is reported only once.
    const first = new Map(
      parsed.failures.toReversed().map(({ property, reason }) => [OPTIONS[property] ?? property, reason]),
    );
    throw new InputError([...first].map(([option, reason]) => `${option}: ${reason}`).join("; "));
  }
  const rule = ruleOf(parsed.inputs);
  const { protocol: name, ports } = rule;
  if (port !== undefined && ports === undefined) {
    throw new InputError(`--port: ${quote(port)} is not valid with --protocol ${name}: remove it`);
  }
  const value = destination.label ?? rule.destination?.value ?? destination.value;
  const traffic = { protocol: name, ...(ports && { ports }), destination: { kind: destination.kind, value } };
  // Users ask about an address, not about a network of one.
  const text = ruleText({ ...traffic, securityGroupId: UNKNOWN }).replace(/(?<=\d)\/32$|\/128$/, "");
  return { traffic, text };
}

/** The options behind the property names that the parser reports. */
const OPTIONS: { readonly [property: string]: string | undefined } = {
  ipProtocol: "--protocol",
  fromPort: "--port",
  toPort: "--port",
  cidrIpv4: "--to",
  cidrIpv6: "--to",
  prefixListId: "--to",
  referencedSecurityGroupId: "--to",
};

function rangeOf(port: string | undefined): (string | undefined)[] {
  const [, from, to] = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(port ?? "") ?? [];
  return from === undefined ? [port] : [from, to];
}

interface Named {
  readonly kind: DestinationKind;
  readonly value: string;
  /** The model's name for a group that the question names by resource. */
  readonly label?: string;
}

function destinationOf(to: string, model: Model): Named {
  const group = groupNamed(model, to);
  if (group !== undefined) return { kind: "securityGroup", value: to, label: group.group };
  if (/^(\d{12}\/)?sg-/.test(to)) return { kind: "securityGroup", value: to };
  if (to.startsWith("pl-")) return { kind: "prefixList", value: to };
  if (Address4.isValid(to)) return { kind: "ipv4", value: to.includes("/") ? to : `${to}/32` };
  if (Address6.isValid(to)) return { kind: "ipv6", value: to.includes("/") ? to : `${to}/128` };
  throw new InputError(
    `--to: ${quote(to)} is not an address, CIDR, group or prefix list: write it like 10.0.0.7, 2001:db8::/32, sg-0123456789abcdef0, pl-0123456789abcdef0, or the name of a group of the program`,
  );
}
