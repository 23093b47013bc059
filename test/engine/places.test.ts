import { EgressRule } from "../../index";
import { endpoint } from "../world";
import { idsByPort } from "./declaredRules";
import { newStack } from "./newStack";
import type { TestStack } from "./stack";

// Rules whose resources are named by list position, which shifts between runs.

let stack: TestStack;
let group: string;

beforeEach(async () => {
  stack = await newStack({ parallel: 64 });
  [group = ""] = await endpoint.makeGroups(1);
});

const byPlace = (ports: readonly number[]) => async () => {
  for (const [place, port] of ports.entries()) {
    new EgressRule(`r${place}`, {
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "10.0.0.0/16",
    });
  }
};

const ports = (count: number) => Array.from({ length: count }, (_, place) => 1000 + place);

/** The ids of all rules that a run asked EC2 to revoke. */
async function revoked(): Promise<string[]> {
  const calls = await endpoint.calls();
  return calls.flatMap(({ action, params }) =>
    action === "RevokeSecurityGroupEgress"
      ? Object.values(params).filter((value) => value.startsWith("sgr-"))
      : [],
  );
}

async function go(wanted: readonly number[]): Promise<void> {
  await endpoint.reset();
  const ran = await stack.up(byPlace(wanted));
  if (!ran.ok) throw new Error(ran.printed);
}

test("removing the first of thirty revokes it alone, and creates nothing", async () => {
  await go(ports(30));
  const { 1000: first = "", ...others } = await idsByPort(group);
  await go(ports(30).slice(1));
  expect(await idsByPort(group)).toEqual(others);
  expect(await revoked()).toEqual([first]);
  expect((await stack.refresh()).changes).toEqual({ same: 30 });
  expect((await stack.preview(byPlace(ports(30).slice(1)))).changes).toEqual({ same: 30 });
});

test("inserting one before ten creates it alone, and revokes nothing", async () => {
  await go(ports(10));
  const before = await idsByPort(group);
  await go([999, ...ports(10)]);
  const { 999: made, ...others } = await idsByPort(group);
  expect(made).toMatch(/^sgr-/);
  expect(others).toEqual(before);
  expect(await revoked()).toEqual([]);
});

test("two rules that swap stay, and each delete that leaves one says so", async () => {
  await go([80, 443]);
  const before = await idsByPort(group);
  await endpoint.reset();
  const ran = await stack.up(byPlace([443, 80]));
  expect(ran).toMatchObject({ ok: true, changes: { replace: 2 } });
  expect(await idsByPort(group)).toEqual(before);
  expect(await revoked()).toEqual([]);
  for (const id of Object.values(before)) {
    expect(ran.printed).toContain(
      `rule ${id} on ${group} is left in place: another resource of this program has it now`,
    );
  }
  await stack.destroy();
  expect(await idsByPort(group)).toEqual({});
});

test("the next `up` takes over a rule that stayed because its successor failed", async () => {
  await go([80, 443]);
  const before = await idsByPort(group);
  await endpoint.deny(["CreateTags"]);
  const failed = await stack.up(byPlace([443]), { continueOnError: true });
  await endpoint.deny([]);
  expect(failed.ok).toBe(false);
  expect(failed.printed).toContain(`rule ${before[443]} on ${group} is left in place`);
  expect(await idsByPort(group)).toMatchObject({ 443: before[443] });
  await go([443]);
  expect(await idsByPort(group)).toEqual({ 443: before[443] });
  expect((await stack.refresh()).changes).toEqual({ same: 2 });
});
