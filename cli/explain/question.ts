import { Address4, Address6 } from "ip-address";
import { DESTINATION_PROPERTY, type DestinationKind } from "../../provider/rule/destination";
import { quote } from "../../provider/rule/failure";
import { parse } from "../../provider/rule/parse";
import { ruleOf, ruleText } from "../../provider/rule/rule";
import { UNKNOWN } from "../../provider/rule/unknown";
import { InputError } from "../program/inputError";
import type { Model, Traffic } from "../program/model";
import { groupNamed } from "./groupNamed";

/** What is asked for, as the options of the command say it. */
export interface Asked {
  readonly to: string;
  readonly port?: string;
  readonly protocol?: string;
}

/** Traffic of which it is asked whether it may leave. */
export interface Question {
  readonly traffic: Traffic;
  /** `tcp 443 to 10.0.0.7`. */
  readonly text: string;
}

/**
 * Reads a question.
 *
 * @param model the program whose groups may be named by the resources that make them
 */
export function parseQuestion({ to, port, protocol }: Asked, model: Model): Question {
  const [fromPort, toPort = fromPort] = rangeOf(port);
  const destination = destinationOf(to, model);
  const parsed = parse({
    securityGroupId: UNKNOWN,
    // A port alone is one of TCP; without either, all traffic is asked for.
    ipProtocol: protocol ?? (port === undefined ? "-1" : "tcp"),
    ...(/^(1|58|icmp|icmpv6)$/i.test(protocol?.trim() ?? "")
      ? { fromPort: port ?? -1, toPort: -1 }
      : { fromPort, toPort }),
    [DESTINATION_PROPERTY[destination.kind]]: destination.label === undefined ? destination.value : UNKNOWN,
  });
  if ("failures" in parsed) {
    // Both ends of a range are one option.
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
  // One address is what was asked for, and not a network of one.
  const text = ruleText({ ...traffic, securityGroupId: UNKNOWN }).replace(/(?<=\d)\/32$|\/128$/, "");
  return { traffic, text };
}

/** What the parser calls the options. */
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
  /** What the model calls a group that is named by its resource. */
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
