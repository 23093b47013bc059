import { InputError } from "../program/inputError";
import type { GroupChange, GroupRules, Model } from "../program/model";
import { type ProgramInputs, readProgram, readStanding } from "../program/read";
import { type Answer, answerOf } from "./answer";
import { groupNamed, groupsText } from "./groupNamed";
import { type Asked, parseQuestion, type Question } from "./question";

export interface ExplainOptions extends Asked, ProgramInputs {
  readonly from: string;
  /** Whether to read the group's rules from EC2 instead of a program. */
  readonly live?: boolean;
  readonly region?: string;
}

/** An answer with its question. */
export interface Explanation extends Answer {
  readonly group: string;
  readonly question: Question;
  /** What the answer does not cover. */
  readonly gaps: readonly string[];
}

const NO_PROGRAM: Model = { groups: [], gaps: [] };

/** Answers whether a group can reach a destination. */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { from } = options;
  if (options.live === true) {
    if (options.state !== undefined || options.preview !== undefined) {
      throw new InputError("--live reads the group from EC2: remove --state and --preview");
    }
    const question = parseQuestion(options, NO_PROGRAM);
    const rules = await liveRules(from, options.region);
    return { group: from, question, gaps: [], ...answerOf(question, rules) };
  }
  const model = options.preview === undefined ? await readStanding(options) : await readProgram(options);
  const change = groupNamed(model, from);
  if (change === undefined) {
    throw new InputError(`--from: the program has no group "${from}": ${groupsText(model)}`);
  }
  const question = parseQuestion(options, model);
  const answer = answerOf(question, rulesAfter(change));
  return { group: change.group, question, gaps: [...model.gaps, ...gapsOf(change)], ...answer };
}

/** The AWS SDK takes a second to load, and only this function needs it. */
function liveRules(group: string, region: string | undefined): Promise<GroupRules> {
  const live: typeof import("./live") = require("./live");
  return live.readLive(group, region);
}

function rulesAfter({ group, after }: GroupChange): GroupRules {
  if (after !== undefined) return after;
  throw new InputError(`--from: the change deletes the group ${group}`);
}

/** The state does not contain rules that others added, unless an exclusive set revokes them. */
function gapsOf({ after }: GroupChange): string[] {
  return (after?.exclusive.length ?? 0) > 0
    ? []
    : [
        "The state does not contain rules that people or other programs added to the group: use --live to read them.",
      ];
}
