import {
  DESTINATION_KINDS,
  DESTINATION_PROPERTY,
  type DestinationProperty,
  destinationKind,
} from "./destination";
import { type Failure, quote } from "./failure";
import { isGiven, type UnknownRecord } from "./record";
import { isUnknown, UNKNOWN } from "./unknown";

/** A rule with its destination in the argument of its kind. */
export interface WithoutTo {
  readonly args: UnknownRecord;
  /** Where `to` specifies the destination: `to`, or `to[2]`. */
  readonly to?: string;
  readonly failures: readonly Failure[];
}

/**
 * Splits the arguments of a rule into one rule for each destination in `to`.
 *
 * An unknown destination may be of any kind.
 */
export function eachDestination(args: UnknownRecord): readonly WithoutTo[] {
  const { to, ...others } = args;
  if (!isGiven(to)) return [{ args: others, failures: [] }];
  const beside = OTHERS.find((property) => isGiven(args[property]));
  if (beside !== undefined) {
    const reason = `${quote(to)} is a second destination beside ${beside}: specify one of the two`;
    return [{ args: others, failures: [{ property: "to", reason }] }];
  }
  if (!Array.isArray(to)) return [{ args: { ...others, ...destinationArgs(to) }, to: "to", failures: [] }];
  return to.map((one: unknown, place) => ({
    args: { ...others, ...destinationArgs(one) },
    to: `to[${place}]`,
    failures: [],
  }));
}

/** Reports a bad destination under the argument that specifies it. */
export function underTo(to: string | undefined, { property, reason }: Failure): Failure {
  const isDestination = PROPERTIES.some((one) => one === property);
  return { property: isDestination ? (to ?? property) : property, reason };
}

const PROPERTIES: readonly DestinationProperty[] = DESTINATION_KINDS.map(
  (kind) => DESTINATION_PROPERTY[kind],
);
const OTHERS: readonly string[] = [...PROPERTIES, "prefixListName"];

function destinationArgs(to: unknown): UnknownRecord {
  if (isUnknown(to)) return Object.fromEntries(PROPERTIES.map((property) => [property, UNKNOWN]));
  return { [DESTINATION_PROPERTY[destinationKind(to)]]: to };
}
