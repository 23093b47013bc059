import { type Failure, quote } from "./failure";
import { isGiven, type UnknownRecord } from "./record";
import { isUnknown, UNKNOWN } from "./unknown";

/** Arguments with a prefix list by id, and the name to look that id up by. */
export interface WithoutName {
  readonly args: UnknownRecord;
  readonly prefixListName?: string;
  readonly failures: readonly Failure[];
}

/** Takes `prefixListName` out of the arguments of a rule; the list's id is unknown until the look-up. */
export function takePrefixListName(args: UnknownRecord): WithoutName {
  const { prefixListName, ...others } = args;
  if (!isGiven(prefixListName)) return { args: others, failures: [] };
  const fail = (reason: string) => ({
    args: { ...others, prefixListId: UNKNOWN },
    failures: [{ property: "prefixListName", reason: `${quote(prefixListName)} ${reason}` }],
  });
  if (isGiven(args.prefixListId)) return fail("conflicts with prefixListId: specify one of the two");
  if (typeof prefixListName !== "string" || prefixListName === "") {
    return fail('is not the name of a prefix list: use one like "com.amazonaws.eu-west-1.s3"');
  }
  const named = isUnknown(prefixListName) ? {} : { prefixListName };
  return { args: { ...others, prefixListId: UNKNOWN }, ...named, failures: [] };
}
