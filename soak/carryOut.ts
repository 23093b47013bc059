import type { EC2Client } from "@aws-sdk/client-ec2";
import type { Endpoint } from "../test/ec2/endpoint";
import type { Ran, TestStack } from "../test/engine/stack";
import type { Counts } from "./counts";
import { Difference, type Tried } from "./difference";
import { killedAt } from "./killed";
import { programOf } from "./program";
import type { Random } from "./random";
import type { Step } from "./step";
import { begin, end, type Trouble } from "./trouble";

type Command = "up" | "up --refresh" | "refresh";

/** The setting of a soak. */
export interface Site {
  readonly endpoint: Endpoint;
  readonly stack: TestStack;
  /** The person who changes EC2 by hand: no fault hits these calls. */
  readonly byHand: EC2Client;
  readonly counts: Counts;
}

/**
 * Carries out a step until an `up` succeeds: at the first try without trouble, otherwise at the first one after it,
 * with a refresh before it if the engine requires one.
 */
export async function carryOut(site: Site, random: Random, step: Step, tried: Tried[]): Promise<void> {
  const { stack, byHand, counts } = site;
  const program = programOf(random, step.draft.resources, step.draft.declared);
  const run = async (command: Command) => {
    if (command !== "refresh") counts.ups += 1;
    if (command !== "up") counts.refreshes += 1;
    const options = { refresh: command === "up --refresh" };
    const ran = await (command === "refresh" ? stack.refresh() : stack.up(program, options));
    tried.push({ command, ran });
    return ran;
  };
  const refused = (what: string) => new Difference([what], [program.json]);
  const must = async (command: Command, why: string) => {
    const { ok } = await run(command);
    if (!ok) throw refused(`${command} failed, ${why}`);
  };

  for (const { act } of step.drifts) await act(byHand);
  const isDrifted = step.drifts.length > 0;
  await begin(site.endpoint, step.trouble);
  const first = await underTrouble(site, step.trouble, commandsOf(step), run);
  await end(site.endpoint, step.trouble);
  if (first.isCancelNeeded) await stack.cancel();

  const isCalm = isEmpty(step.trouble) && !isDrifted;
  if (first.ok) {
    if (isCalm) checkChanges(step, first.last, refused);
    if (!isDrifted || (step.refreshFirst && isEmpty(step.trouble))) return;
  } else {
    if (isCalm || (step.refreshFirst && isEmpty(step.trouble)))
      throw refused("it failed, and nothing had gone wrong");
    checkMessage(first, refused);
  }
  // A refresh during trouble may have missed manual changes.
  if (isDrifted || isRefreshAsked(first.last) || (first.isKilled && step.refreshAfterKill)) {
    await must("refresh", "with nothing in its way any more");
    // With stale reads, the refresh itself may have seen the old state.
    if (step.trouble.staysHidden) await run("up");
    await must("up", "with nothing in its way any more");
    return;
  }
  const again = await run("up");
  if (again.ok) return;
  if (!first.isKilled || !isRefreshAsked(again))
    throw refused("up failed again, with nothing in its way any more");
  await must("refresh", "after a kill");
  await must("up", "after a kill and a refresh");
}

function commandsOf({ refreshFirst }: Step): readonly Command[] {
  if (refreshFirst === false) return ["up"];
  return refreshFirst === "alone" ? ["refresh", "up"] : ["up --refresh"];
}

interface UnderTrouble {
  /** Whether all commands succeeded. */
  readonly ok: boolean;
  readonly isKilled: boolean;
  /** Whether the CLI itself was killed, and left its lock. */
  readonly isCancelNeeded: boolean;
  readonly last: Ran;
}

async function underTrouble(
  { endpoint, counts }: Site,
  { kill }: Trouble,
  commands: readonly Command[],
  run: (command: Command) => Promise<Ran>,
): Promise<UnderTrouble> {
  let last: Ran | undefined;
  for (const command of commands) {
    let isKilled = false;
    if (kill === undefined) last = await run(command);
    else ({ ran: last, isKilled } = await killedAt(endpoint, kill, () => run(command)));
    if (isKilled) counts.kills += 1;
    if (isKilled || !last.ok) {
      const isCancelNeeded = isKilled && kill?.victim === "everything";
      return { ok: last.ok, isKilled, isCancelNeeded, last };
    }
  }
  if (last === undefined) throw new Error("There was no command to run");
  return { ok: true, isKilled: false, isCancelNeeded: false, last };
}

/** Exactly the resources that the program changed are updated, in any spelling. */
function checkChanges({ draft }: Step, { changes }: Ran, refused: (what: string) => Difference): void {
  const unchanged = [...draft.resources.keys()].filter((name) => !draft.changed.has(name));
  // The stack counts too.
  if (changes.same === unchanged.length + 1) return;
  const wanted = `${unchanged.length + 1} were to stay the same (changed: ${[...draft.changed].join(" ")})`;
  throw refused(`${wanted}, and it is ${JSON.stringify(changes)}`);
}

/** An error must be readable. */
function checkMessage({ last, isKilled }: UnderTrouble, refused: (what: string) => Difference): void {
  if (isKilled) return;
  const bad = /^\s+at \S.*:\d+:\d+|TypeError|\[object Object\]|undefined/m.exec(last.printed);
  if (bad) throw refused(`an error is not for people: ${bad[0]}`);
}

/** Whether an error asks for a refresh; the engine's warning about interrupted creations does not count. */
function isRefreshAsked({ printed }: Ran): boolean {
  return /\brun `pulumi refresh`/i.test(printed);
}

function isEmpty(trouble: Trouble): boolean {
  return Object.keys(trouble).length === 0;
}
