import { CreateTagsCommand, DeleteTagsCommand } from "@aws-sdk/client-ec2";
import type { Tags } from "../../rule/tags";
import { removeTagsRequest, setTagsRequest } from "../requests";
import { joinedByRule, type OfRule } from "./byRule";

interface SetTags {
  readonly tags: Tags;
  /** One that is of this rule alone leaves it alone in its request. */
  readonly owner: string | undefined;
}

/** Sets tags on a rule, with other rules, of any group, that get the same. */
export const setTagsJointly = joinedByRule<SetTags, OfRule>({
  send: ({ client }, { tags, owner }, rules) =>
    client.send(new CreateTagsCommand(setTagsRequest(idsOf(rules), tags, owner))),
});

/** Removes tags of a rule, with other rules, of any group, that lose the same. */
export const removeTagsJointly = joinedByRule<{ readonly keys: readonly string[] }, OfRule>({
  send: ({ client }, { keys }, rules) =>
    client.send(new DeleteTagsCommand(removeTagsRequest(idsOf(rules), keys))),
});

function idsOf(rules: readonly OfRule[]): string[] {
  return rules.map(({ id }) => id);
}
