import { changeOf } from "./change";
import { InputError } from "./inputError";
import type { Model } from "./model";
import { groupChanges } from "./modelOf";
import { parseExport } from "./parseExport";
import { parsePreview } from "./parsePreview";
import { type Project, writeExport, writePreview } from "./pulumi";
import type { Resource } from "./resource";
import type { Preview } from "./step";
import { readWritten } from "./written";

export interface ProgramInputs extends Project {
  /** The file that holds a preview, in any of its forms; `-` for standard input. */
  readonly preview?: string;
  /** The file that holds the export of the stack; `-` for standard input. */
  readonly state?: string;
}

/**
 * Reads what a program lets out of its security groups, before a change and after it.
 *
 * Without a preview and a state, the CLI is asked for both in the project's folder. With a state alone nothing changes;
 * with a preview alone, what stays the same is not known, and the model says so.
 */
export async function readProgram(inputs: ProgramInputs): Promise<Model> {
  const { preview, state } = inputs;
  if (preview === "-" && state === "-") {
    throw new InputError("--preview and --state are both -: only one of them can read standard input");
  }
  if (preview === undefined && state === undefined) {
    const [previewed, exported] = await Promise.all([writePreview(inputs), writeExport(inputs)]);
    return modelOf(parsePreview(previewed), parseExport(exported));
  }
  return modelOf(
    preview === undefined ? undefined : parsePreview(readWritten(preview)),
    state === undefined ? undefined : parseExport(readWritten(state)),
  );
}

/** Reads what a program lets out as it stands, without a change; without a state, the CLI is asked for it. */
export async function readStanding(inputs: Omit<ProgramInputs, "preview">): Promise<Model> {
  const { state } = inputs;
  return modelOf(
    undefined,
    parseExport(state === undefined ? await writeExport(inputs) : readWritten(state)),
  );
}

/** The model of a change that is parsed already. */
export function modelOf(preview: Preview | undefined, state: readonly Resource[] | undefined): Model {
  if (preview !== undefined && state !== undefined) checkOneStack(preview, state);
  const change = changeOf(state ?? [], preview?.steps ?? []);
  return { groups: groupChanges(change), gaps: gapsOf(preview, state) };
}

function gapsOf(preview: Preview | undefined, state: readonly Resource[] | undefined): string[] {
  const gaps: string[] = [];
  if (state === undefined && preview?.isWhole !== true) {
    gaps.push(
      "Without --state, the review knows only the changes of the preview, not the other rules of the same groups.",
    );
  }
  const [error] = preview?.errors ?? [];
  if (error !== undefined) {
    gaps.push(`The preview failed, so it does not show the whole change: ${firstLine(error)}`);
  }
  return gaps;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

/** The state of another stack would make everything of the preview look new. */
function checkOneStack({ steps }: Preview, state: readonly Resource[]): void {
  const [previewed, exported] = [stackOf(steps[0]?.urn), stackOf(state[0]?.urn)];
  if (previewed === undefined || exported === undefined || previewed === exported) return;
  throw new InputError(
    `the preview is of stack ${previewed}, but the state is of stack ${exported}: specify both for the same stack`,
  );
}

function stackOf(urn: string | undefined): string | undefined {
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn ?? "") ?? [];
  return stack === undefined ? undefined : `${project}/${stack}`;
}
