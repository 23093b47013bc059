import { quote } from "../../provider/rule/failure";
import { parseGroupId, parseRegion } from "../../provider/rule/ids";
import type { Found } from "../aws/found";
import { readRulesFile } from "../aws/rulesFile";
import { InputError } from "../program/inputError";
import { writeProgram } from "../typescript/writeProgram";
import { FORMS, type Form } from "./declarationOf";
import { programOf } from "./programOf";

export interface GenerateOptions {
  readonly rules?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly as: string;
  readonly config?: true;
  readonly exclusive?: true;
  readonly tighten?: true;
}

/** Writes a program with the outbound rules of groups, and notes on it, one on each line. */
export async function generate(
  groupIds: readonly string[],
  options: GenerateOptions,
): Promise<{ readonly text: string; readonly notes: readonly string[] }> {
  const { as, region, config = false, exclusive = false, tighten = false } = options;
  const form = formOf(as, exclusive);
  for (const id of groupIds) {
    parseGroupId(id, (reason) => {
      throw new InputError(reason);
    });
  }
  const found = await read([...new Set(groupIds)], options);
  const { program, notes } = programOf(
    found,
    { as: form, exclusive, tighten, ...(region !== undefined && { region }) },
    config,
  );
  return { text: writeProgram(program), notes };
}

function formOf(as: string, exclusive: boolean): Form {
  const form = FORMS.find((one) => one === as);
  if (form === undefined) throw new InputError(`--as: ${quote(as)} is not one of ${FORMS.join(", ")}`);
  if (exclusive && (form === "rules" || form === "components")) {
    throw new InputError(`--exclusive: ${form} cannot be exclusive: remove it, or use --as policy or set`);
  }
  return form;
}

async function read(
  groupIds: readonly string[],
  { rules, region, profile }: GenerateOptions,
): Promise<Found> {
  if (rules !== undefined) {
    if (profile !== undefined)
      throw new InputError("--profile: --rules does not read from EC2: remove one of them");
    if (region !== undefined) {
      parseRegion(region, (reason) => {
        throw new InputError(`--region: ${reason}`);
      });
    }
    return { groups: groupsIn(rules, groupIds), groupNames: new Map(), listNames: new Map(), gaps: [] };
  }
  if (groupIds.length === 0) {
    throw new InputError(
      "specify the groups, such as `generate sg-0123456789abcdef0`, or a file of rules with --rules",
    );
  }
  // Loaded on demand, because it loads the AWS SDK.
  const { readLive }: typeof import("./live") = require("./live");
  return readLive(groupIds, {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
}

/** The groups in a file, or only those with the given ids. */
function groupsIn(file: string, groupIds: readonly string[]): Found["groups"] {
  const groups = readRulesFile(file);
  if (groups.length === 0) {
    throw new InputError(`--rules: ${file} has no rules: specify a file that has some`);
  }
  if (groupIds.length === 0) return groups;
  return groupIds.map((id) => {
    const group = groups.find((one) => one.id === id);
    if (group !== undefined) return group;
    const there = groups.slice(0, MOST_SHOWN).map((one) => one.id);
    const more = groups.length > MOST_SHOWN ? ` and ${groups.length - MOST_SHOWN} more` : "";
    throw new InputError(
      `--rules: ${file} has no rules of ${id}: the groups in the file are ${there.join(", ")}${more}`,
    );
  });
}

const MOST_SHOWN = 10;
