import type { Endpoint } from "../test/ec2/endpoint";
import type { Ran } from "../test/engine/stack";
import { isProvider, ownCli, signal } from "./processes";
import type { Kill } from "./trouble";

/** Runs a command, and kills the target at the chosen call; returns whether that call came. */
export async function killedAt(
  endpoint: Endpoint,
  { victim, ...call }: Kill,
  command: () => Promise<Ran>,
): Promise<{ readonly ran: Ran; readonly isKilled: boolean }> {
  const hold = await endpoint.hold(call);
  const running = command();
  const isReached = hold.reached().then(
    () => true,
    () => false,
  );
  // If the command ends without the call, the hold would wait forever.
  running.finally(() => hold.release());
  const isKilled = await isReached;
  if (isKilled) {
    const processes = await ownCli();
    const victims = {
      everything: processes,
      provider: processes.filter(isProvider),
      interrupt: processes.slice(0, 1),
    }[victim];
    if (victims.length === 0) throw new Error(`There is nothing to kill of ${JSON.stringify(processes)}`);
    for (const one of victims) signal(one, victim === "interrupt" ? "SIGINT" : "SIGKILL");
    if (victim === "interrupt") await hold.release();
  }
  const ran = await running;
  await hold.ended();
  return { ran, isKilled };
}
