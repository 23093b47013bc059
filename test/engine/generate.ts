import fc from "fast-check";
import { areClaimed, fillGroup, rulesAround, withoutClaims } from "../cli/generate/madeGroup";
import { runText } from "../cli/generate/runProgram";
import { runBin } from "../cli/program/bin";
import type { Endpoint } from "../ec2/endpoint";
import { listNamed } from "../ec2/lists";
import { makeStack } from "./stack";

/** Groups with random rules of every kind, the same each time. */
export async function filledGroups(endpoint: Endpoint, count: number): Promise<string[]> {
  const ec2 = endpoint.client();
  const lists = [await listNamed(ec2, "com.amazonaws.us-east-1.s3")];
  const rules = rulesAround({ groups: await endpoint.makeGroups(2), lists });
  const groups = await endpoint.makeGroups(count);
  const samples = fc.sample(rules, { numRuns: count, seed: 19 });
  for (const [place, group] of groups.entries()) await fillGroup(endpoint, ec2, group, samples[place] ?? []);
  return groups;
}

/**
 * Runs the programs that `generate` writes for these groups: an `up`, which must leave their rules unchanged, and a
 * preview, which must be empty.
 */
export async function roundTrip(endpoint: Endpoint, groups: readonly string[], ...args: string[]) {
  const before = await Promise.all(groups.map((group) => endpoint.rules(group)));
  const { code, stdout: text } = await runBin(["generate", ...groups, ...args], { env: endpoint.env });
  expect(code).toBe(0);

  const stack = await makeStack(endpoint);
  try {
    await endpoint.reset();
    const up = await stack.up(async () => runText(text));
    expect(up.printed).not.toContain("error:");
    const calls = await endpoint.count();
    const after = await Promise.all(groups.map((group) => endpoint.rules(group)));
    expect(after.map(withoutClaims)).toEqual(before.map(withoutClaims));
    expect(after.every(areClaimed)).toBe(true);

    await stack.refresh();
    const preview = await stack.preview(async () => runText(text));
    return { text, up, calls, preview };
  } finally {
    await stack.remove();
  }
}
