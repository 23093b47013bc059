import { findGroupRules } from "../../provider/ec2/find";
import { isGroupThere } from "../../provider/ec2/groupThere";
import { groupNames, prefixListNames } from "../../provider/ec2/names";
import type { Target } from "../../provider/ec2/target";
import { quote } from "../../provider/rule/failure";
import type { Found, FoundGroup } from "../aws/found";
import { askingEc2, type LiveOptions } from "../liveTarget";
import { InputError } from "../program/inputError";

/** Reads the current rules from EC2, with the names of their destinations. */
export function readLive(groupIds: readonly string[], options: LiveOptions): Promise<Found> {
  return askingEc2(options, async (target) => {
    const groups = await Promise.all(groupIds.map((id) => readGroup(target, id)));
    const inputs = groups.flatMap(({ rules }) => rules.map((rule) => rule.inputs));
    const referenced = inputs.flatMap((one) =>
      one.referencedSecurityGroupOwnerId === undefined ? (one.referencedSecurityGroupId ?? []) : [],
    );
    const lists = inputs.flatMap(({ prefixListId }) => prefixListId ?? []);
    const [ofGroups, ofLists] = await Promise.all([
      groupNames(target, unique([...groupIds, ...referenced])),
      prefixListNames(target, unique(lists)),
    ]);
    return {
      groups,
      groupNames: ofGroups ?? new Map(),
      listNames: ofLists ?? new Map(),
      gaps: [
        ...(ofGroups
          ? []
          : ["Groups have ids instead of names: reading names requires ec2:DescribeSecurityGroups."]),
        ...(ofLists
          ? []
          : [
              "Prefix lists have ids instead of names: reading names requires ec2:DescribeManagedPrefixLists.",
            ]),
      ],
    };
  });
}

async function readGroup(target: Target, id: string): Promise<FoundGroup> {
  const rules = await findGroupRules(target, id);
  if (rules.length === 0 && !(await isGroupThere(target, id))) {
    throw new InputError(`there is no group ${quote(id)} in ${target.region}: check its id and --region`);
  }
  return { id, rules };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
