import type { Outcomes } from "./joined";

/** EC2 refuses a request that names one thing twice: what is named again goes in a request after the first. */
export async function inWaves<Member, Answer>(
  members: readonly Member[],
  nameOf: (member: Member) => string,
  settle: (wave: readonly Member[]) => Promise<Outcomes<Member, Answer>>,
): Promise<Outcomes<Member, Answer>> {
  const waves: Map<string, Member>[] = [];
  for (const member of members) {
    const name = nameOf(member);
    const free = waves.find((wave) => !wave.has(name));
    if (free) free.set(name, member);
    else waves.push(new Map([[name, member]]));
  }
  const outcomes = [];
  for (const wave of waves) outcomes.push(...(await settle([...wave.values()])));
  return new Map(outcomes);
}
