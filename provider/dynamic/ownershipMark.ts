import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** EC2 takes 256 characters for a tag's value; the handlers need a few to renew a mark. */
const LONGEST = 240;

const SET = "EgressRuleSet";

/**
 * The mark by which a rule in EC2 tells whose it is: `<project>/<stack>/<resource>`, where a resource inside a
 * component is preceded by the types of those around it, and a set by its own, as a rule may have the same name.
 *
 * Undefined where the stack's `aws-egress:ownership` is false.
 */
export function ownershipMark(urn: Promise<string>): Promise<string> | undefined {
  if (new pulumi.Config("aws-egress").getBoolean("ownership") === false) return undefined;
  return urn.then(markOf);
}

/** The mark of the rule, or of the rules of the set, with this URN. */
export function markOf(urn: string): string {
  const [head = "", project, types = "", ...name] = urn.split("::");
  const stack = head.slice(head.lastIndexOf(":") + 1);
  const around = types.split("$").slice(0, -1);
  const own = types.endsWith(`:${SET}`) ? [SET] : [];
  return shortened([project, stack, ...around, ...own, name.join("::")].join("/"));
}

/** How no mark may end by itself, as names with a date in them do: the handlers renew a mark by such a suffix. */
const SUFFIX = /@[0-9a-f]{8}$/;

function shortened(mark: string): string {
  if (mark.length <= LONGEST && !SUFFIX.test(mark)) return mark;
  const hash = `-${createHash("sha256").update(mark).digest("hex").slice(0, 16)}`;
  return mark.slice(0, LONGEST - hash.length) + hash;
}
