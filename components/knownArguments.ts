import * as pulumi from "@pulumi/pulumi";
import { quoteName } from "../provider/rule/failure";
import { isGiven } from "../provider/rule/record";

const GROUP = ["securityGroup"];
const DESTINATION = ["to", "allow"];
const TRAFFIC = ["ports", "allow"];

/** Arguments of rules, sets and other components, with the arguments to use instead. */
const INSTEAD = new Map<string, readonly string[]>([
  ["securityGroupId", GROUP],
  ["groupId", GROUP],
  ["cidrIpv4", DESTINATION],
  ["cidrIpv6", DESTINATION],
  ["cidrBlock", DESTINATION],
  ["cidrBlocks", DESTINATION],
  ["ipv6CidrBlocks", DESTINATION],
  ["prefixListId", DESTINATION],
  ["prefixListIds", DESTINATION],
  ["prefixListName", DESTINATION],
  ["referencedSecurityGroupId", DESTINATION],
  ["referencedSecurityGroupOwnerId", DESTINATION],
  ["sourceSecurityGroupId", DESTINATION],
  ["destinationSecurityGroupId", DESTINATION],
  ["to", DESTINATION],
  ["ipProtocol", TRAFFIC],
  ["protocol", TRAFFIC],
  ["fromPort", TRAFFIC],
  ["toPort", TRAFFIC],
  ["port", TRAFFIC],
  ["ports", TRAFFIC],
  ["icmp", TRAFFIC],
  ["rules", ["allow"]],
  ["egress", ["allow"]],
  ["reason", ["description"]],
]);

/** Fails the program on unknown arguments, so that none is silently ignored. */
export function checkKnown(where: string, args: object | undefined, known: readonly string[]): void {
  const texts: string[] = [];
  const others: string[] = [];
  for (const [name, value] of Object.entries({ ...args })) {
    if (known.includes(name) || !isGiven(value)) continue;
    const instead = INSTEAD.get(name)?.find((other) => known.includes(other));
    if (instead === undefined) others.push(quoteName(name));
    else texts.push(`unknown argument ${quoteName(name)}: use "${instead}"`);
  }
  if (others.length > 0) {
    const what = others.length === 1 ? "unknown argument" : "unknown arguments";
    texts.push(`${what} ${others.join(", ")}: valid arguments are ${known.join(", ")}`);
  }
  if (texts.length > 0) throw new pulumi.RunError(`${where}: ${texts.join("; ")}`);
}
