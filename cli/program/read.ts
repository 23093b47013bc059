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
  /** A file with a preview in any of its forms; `-` for standard input. */
  readonly preview?: string;
  /** A file with the stack's export; `-` for standard input. */
  readonly state?: string;
}

/**
 * Reads the outbound rules of a program's security groups, before and after a change.
 *
 * Without a preview and a state, this runs the Pulumi CLI in the project's folder for both. With a state alone, nothing
 * changes. With a preview alone, unchanged rules are unknown, and the model says so.
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

/** Reads the program's rules as they are now, without a change. Without a state, this runs the Pulumi CLI for it. */
export async function readStanding(inputs: Omit<ProgramInputs, "preview">): Promise<Model> {
  const { state } = inputs;
  return modelOf(
    undefined,
    parseExport(state === undefined ? await writeExport(inputs) : readWritten(state)),
  );
}

/** The model of a change that is already parsed. */
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

/** Fails if the state belongs to another stack, because then everything in the preview would look new. */
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
