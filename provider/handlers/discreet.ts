import type * as dynamic from "@pulumi/pulumi/dynamic";
import { keepingSecret } from "../rule/discreetly";
import type { Failure } from "../rule/failure";
import { isPrintable, printable } from "../rule/printable";
import { isRecord, type UnknownRecord } from "../rule/record";
import { hushed, masked, secretTexts } from "./secretValues";

/**
 * The names of the secret arguments, from the class. The engine tells a provider none, and hides inputs with this
 * prefix.
 */
const SECRETS = "__secrets";

type Verb<Arguments extends unknown[], Answer> = (...all: Arguments) => Promise<Answer>;

interface Checked {
  readonly inputs: UnknownRecord;
  readonly failures?: Failure[];
}

/** The verbs of a resource, on plain data. */
export interface Verbs {
  readonly check: Verb<[unknown, unknown], Checked>;
  readonly diff: Verb<[string, unknown, unknown], dynamic.DiffResult>;
  readonly create: Verb<[unknown], { id: string; outs: UnknownRecord }>;
  readonly read: Verb<[string, unknown], { id: string; props: UnknownRecord; inputs?: UnknownRecord }>;
  readonly update: Verb<[string, unknown, unknown], { outs: UnknownRecord }>;
  readonly delete: Verb<[string, unknown], void>;
}

/** Verbs whose check knows which arguments are secret, because it changes their text: `10.0.0.1/8` to `10.0.0.0/8`. */
export type TrustedVerbs = Omit<Verbs, "check"> & {
  readonly check: Verb<[olds: unknown, news: unknown, secrets: readonly string[]], Checked>;
};

/**
 * Wraps the verbs so that no message holds a secret or a terminal control character.
 *
 * Control characters may come from EC2: anyone who may tag or describe a rule there can write into its errors.
 */
export function discreet(verbs: TrustedVerbs): Verbs {
  return {
    check: async (olds, news) => {
      const failures = ({ failures }: { failures?: readonly Failure[] }) => failures ?? [];
      const [secrets, args] = takeSecrets(news);
      const checked = await telling(() => verbs.check(olds, args, secrets), [news]);
      const told = failures(checked);
      if (told.length === 0) return { ...checked, inputs: { ...checked.inputs, ...kept(secrets) } };
      // Failures that need no secret can appear without redaction.
      const open =
        secrets.length === 0
          ? told
          : failures(await telling(() => verbs.check(olds, masked(args, secrets), secrets), [news]));
      return { ...checked, failures: tellable(told, open, secrets).map((one) => shown(one, args)) };
    },
    diff: (id, olds, news) => telling(() => verbs.diff(id, bare(olds), bare(news)), [olds, news]),
    create: async (props) => {
      const made = await telling(() => verbs.create(bare(props)), [props]);
      return { ...made, outs: dressed(made.outs, props) };
    },
    read: async (id, props) => {
      const found = await telling(() => verbs.read(id, bare(props)), [props]);
      if (found.id === "") return found;
      const inputs = found.inputs && { ...found.inputs, ...kept(takeSecrets(props)[0]) };
      return { ...found, props: dressed(found.props, props), ...(inputs && { inputs }) };
    },
    update: async (id, olds, news) => {
      const { outs } = await telling(() => verbs.update(id, bare(olds), bare(news)), [olds, news]);
      return { outs: dressed(outs, news) };
    },
    delete: (id, props) => telling(() => verbs.delete(id, bare(props)), [props]),
  };
}

/** Replaces the failures that would reveal a secret with one that does not. */
function tellable(all: readonly Failure[], open: readonly Failure[], secrets: readonly string[]): Failure[] {
  const isOpen = (failure: Failure) =>
    open.some(({ property, reason }) => property === failure.property && reason === failure.reason);
  const told = all.filter(isOpen);
  if (told.length === all.length) return told;
  const reason = `a secret value is not valid, and is not shown: ${secrets.join(", ")}. To see what is wrong, preview once with pulumi.unsecret around ${secrets.length === 1 ? "it" : "them"}`;
  return [...told, { property: "", reason }];
}

/** The engine prints the value of a failed property as is. If that is unsafe, the reason carries it instead. */
function shown({ property, reason }: Failure, args: UnknownRecord): Failure {
  const isSafe = isPrintable(property) && isSafeValue(args[property]);
  if (isSafe || property === "") return { property, reason: printable(reason) };
  return { property: "", reason: printable(`${property} ${reason}`) };
}

function isSafeValue(value: unknown): boolean {
  if (typeof value === "string") return isPrintable(value) && !value.includes("\n");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, part]) => isSafeValue(name) && isSafeValue(part));
}

/** Runs a verb; its messages and errors hold no secret of these inputs or this state. */
async function telling<T>(run: () => Promise<T>, props: readonly unknown[]): Promise<T> {
  const texts = props.flatMap((one) => secretTexts(one, takeSecrets(one)[0]));
  const hush = (text: string) => hushed(text, texts);
  try {
    return await keepingSecret(hush, run);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const say = (text: string) => printable(hush(text));
    const { reasons, properties }: UnknownRecord = Object(error);
    throw Object.assign(error, {
      message: say(error.message),
      stack: say(error.stack ?? ""),
      ...(Array.isArray(reasons) && { reasons: reasons.map((reason) => say(String(reason))) }),
      ...(isRecord(properties) && { properties: dressed(properties, props.at(-1)) }),
    });
  }
}

function takeSecrets(props: unknown): [names: readonly string[], others: UnknownRecord] {
  const { [SECRETS]: names, ...others }: UnknownRecord = isRecord(props) ? props : {};
  return [Array.isArray(names) ? names.filter((name) => typeof name === "string") : [], others];
}

function kept(secrets: readonly string[]): UnknownRecord {
  return secrets.length === 0 ? {} : { [SECRETS]: [...secrets] };
}

function bare(props: unknown): UnknownRecord {
  return takeSecrets(props)[1];
}

function dressed(outs: UnknownRecord, props: unknown): UnknownRecord {
  return { ...outs, ...kept(takeSecrets(props)[0]) };
}
