import { DESTINATION_PROPERTY } from "../../provider/rule/destination";
import { atom, call, type Expression, object } from "./expression";
import { text } from "./literal";
import type { AwsServiceName, SourceDestination } from "./source";

/** A destination in an intent or component. */
export function destinationSource(
  { kind, value, ownerId, listName }: SourceDestination,
  names: ReadonlyMap<string, string>,
): Expression {
  if (ownerId !== undefined) {
    return call("Peer.securityGroup", text(value), object({ ownerId: text(ownerId) }));
  }
  if (kind === "securityGroup") return groupSource(value, names);
  if (listName === undefined) return text(value);
  const service = awsListService(listName);
  return service === undefined
    ? call("Peer.prefixList", object({ name: text(listName) }))
    : call("Peer.awsService", text(service));
}

/** A destination in a rule. */
export function destinationProperties(
  { kind, value, ownerId, listName }: SourceDestination,
  names: ReadonlyMap<string, string>,
): { readonly [argument: string]: Expression } {
  if (kind === "securityGroup") {
    return {
      referencedSecurityGroupId: ownerId === undefined ? groupSource(value, names) : text(value),
      ...(ownerId !== undefined && { referencedSecurityGroupOwnerId: text(ownerId) }),
    };
  }
  if (listName === undefined) return { [DESTINATION_PROPERTY[kind]]: text(value) };
  return { prefixListName: text(listName.replace(REGIONAL_LIST, "com.amazonaws.{region}.$1")) };
}

/** A group by its constant in the program, or else by id. */
export function groupSource(id: string, names: ReadonlyMap<string, string>): Expression {
  const name = names.get(id);
  return name === undefined ? text(id) : atom(name);
}

/** The argument of `Peer.awsService` for a prefix list of AWS. */
function awsListService(listName: string): string | undefined {
  if (listName === "com.amazonaws.global.cloudfront.origin-facing") return "cloudfront";
  const [, regional] = REGIONAL_LIST.exec(listName) ?? [];
  return ["s3", "dynamodb", "s3express", "vpc-lattice"].find((service) => service === regional);
}

const REGIONAL_LIST = /^com\.amazonaws\.[a-z]+-[a-z-]+-\d+\.(.+)$/;

/** The service that `allow` has an intent for, if the destination is its prefix list. */
export function intentService({ listName = "" }: SourceDestination): AwsServiceName | undefined {
  const service = awsListService(listName);
  return service === "s3" || service === "dynamodb" ? service : undefined;
}
