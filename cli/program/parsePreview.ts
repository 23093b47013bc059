import { quote } from "../../provider/rule/failure";
import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import { InputError } from "./inputError";
import { parseResource } from "./resource";
import type { Preview, Step } from "./step";
import { type Written, whatItIs } from "./written";

const EXPECTED =
  "expected what `pulumi preview --json` writes, as one document or as a stream of events, or an event log of Pulumi's engine (`--event-log`)";

/** Reads a preview in any of its forms: one document, a stream of events, or the engine's event log. */
export function parsePreview(written: Written): Preview {
  const { name, values } = written;
  const [first] = values;
  if (isRecord(first) && Array.isArray(first.steps)) return parseDocument(name, first, first.steps);
  if (values.some(isEvent)) return parseEvents(values);
  throw new InputError(`${name} is ${whatItIs(written)}: ${EXPECTED}`);
}

function parseDocument(name: string, document: UnknownRecord, steps: readonly unknown[]): Preview {
  const diagnostics = Array.isArray(document.diagnostics) ? document.diagnostics : [];
  return {
    steps: steps.map((step, place) => {
      const parsed = isRecord(step) ? parseStep(step, step.oldState, step.newState) : undefined;
      if (parsed === undefined) {
        throw new InputError(
          `${name}: steps[${place}] is ${quote(step)}: expected a step with an op and a urn`,
        );
      }
      return parsed;
    }),
    errors: diagnostics.flatMap(errorOf),
    isWhole: false,
  };
}

/** Whether this is an event that this package reads. Newer engines may write others, so those are ignored. */
function isEvent(value: unknown): value is UnknownRecord {
  return isRecord(value) && Object.keys(value).some((key) => /^[a-zA-Z]+Event$/.test(key));
}

function parseEvents(values: readonly unknown[]): Preview {
  const steps: Step[] = [];
  const errors: string[] = [];
  for (const { resourcePreEvent: before, resOutputsEvent: after, diagnosticEvent } of values.filter(
    isEvent,
  )) {
    const [told, ofOutputs] = isRecord(before) ? [before, false] : [after, true];
    const metadata = isRecord(told) ? told.metadata : undefined;
    // A refresh reports its result when it is done; every other step reports its plan before it begins.
    if (isRecord(metadata) && ofOutputs === (metadata.op === "refresh")) {
      const step = parseStep(metadata, metadata.old, metadata.new);
      if (step !== undefined) steps.push(step);
    }
    errors.push(...errorOf(diagnosticEvent));
  }
  return { steps, errors, isWhole: true };
}

function parseStep({ op, urn }: UnknownRecord, old: unknown, now: unknown): Step | undefined {
  if (typeof op !== "string" || typeof urn !== "string") return undefined;
  const [before, after] = [parseResource(old, urn), parseResource(now, urn)];
  const keepsId =
    before?.id !== undefined && after !== undefined && after.id === undefined && KEEPS_ID.has(op);
  return { op, urn, old: before, new: keepsId ? { ...after, id: before.id } : after };
}

/** Operations that keep the resource's id. For these, a JSON document has the id in the old state only. */
const KEEPS_ID: ReadonlySet<string> = new Set(["same", "update", "refresh"]);

function errorOf(diagnostic: unknown): string[] {
  if (!isRecord(diagnostic) || diagnostic.severity !== "error") return [];
  const text = typeof diagnostic.message === "string" ? diagnostic.message.trim() : "";
  return text === "" ? [] : [text];
}
