import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { allow, EgressPolicy, EgressRuleSet, type EgressRuleSetArgs, type Strangers } from "../../index";
import { endpoint } from "../world";
import { type Life, makeLife, type Of } from "./life";
import { many, tcp } from "./setRules";

type Args = Omit<EgressRuleSetArgs, "securityGroupId">;

const ports = many(30);
const exclusive = {
  exclusive: true,
  rules: [tcp(443, "10.0.0.0/16", { description: "updates" }), tcp(22, "10.0.0.0/8")],
};
const restored: Args = { rules: many(3), exclusive: true, onDestroy: "restoreDefault" };

/** The declaration of each set at first, and afterwards. */
const SETS: { readonly [name: string]: readonly [first: Args, then: Args] } = {
  sixty: [
    { rules: many(59) },
    {
      rules: [
        ...many(59)
          .reverse()
          .map((rule) => ({ ...rule, ipProtocol: 6, toPort: "443" })),
        ...many(59),
      ],
    },
  ],
  edited: [
    { rules: ports },
    {
      rules: [
        ...ports.slice(0, 10),
        ...ports.slice(10, 20).map((rule) => ({ ...rule, toPort: 444 })),
        ...many(40).slice(30),
        tcp(443, "10.20.0.0/16", { description: "said now" }),
      ],
    },
  ],
  exclusive: [exclusive, exclusive],
  restored: [restored, restored],
};

let life: Life;
let seen: Awaited<ReturnType<typeof live>>;

beforeAll(async () => {
  life = await makeLife([...Object.keys(SETS), "tried", "read"]);
  await stranger("exclusive", 22);
  await stranger("tried", 22);
  await stranger("read", 22);
  seen = await live();
});
afterAll(() => life?.stack.remove());

async function live() {
  const { after, placeOf } = life;
  const tries = (strangers: Strangers) => async () => {
    const { securityGroupId: securityGroup, region } = placeOf("tried");
    new EgressPolicy("tried", { securityGroup, region, allow: [allow.https("10.0.0.0/8")], strangers });
  };
  const program =
    (time: 0 | 1, strangers: Strangers = "report") =>
    async () => {
      for (const [name, times] of Object.entries(SETS)) {
        new EgressRuleSet(name, { ...times[time], ...placeOf(name) });
      }
      await tries(strangers)();
      const { securityGroupId, region } = placeOf("read");
      return { read: EgressRuleSet.get("read", securityGroupId, { region }).rules };
    };
  const tried = await after((stack) => stack.preview(program(0)));
  const made = await after((stack) => stack.up(program(0)));
  if (!made.ok) throw new Error(made.printed);
  await stranger("exclusive", 23);
  const refreshed = await after((stack) => stack.refresh());
  const previewed = await after((stack) => stack.preview(program(1)));
  const changed = await after((stack) => stack.up(program(1)));
  const refused = await after((stack) => stack.preview(tries("refuse")));
  const revoked = await after((stack) => stack.up(program(1, "revoke")));
  await stranger("exclusive", 24);
  const destroyed = await after((stack) => stack.destroy());
  return { tried, made, refreshed, previewed, changed, refused, revoked, destroyed };
}

/** A rule that someone else creates. */
async function stranger(name: string, port: number): Promise<void> {
  const { securityGroupId: GroupId, region } = life.placeOf(name);
  const ranges = { IpRanges: [{ CidrIp: "10.0.0.0/8" }] };
  const permission = { IpProtocol: "tcp", FromPort: port, ToPort: port, ...ranges };
  const request = new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] });
  await endpoint.client({ region }).send(request);
}

function textsOf({ rules }: Of): string[] {
  return rules
    .map(({ IpProtocol, FromPort, CidrIpv4, Description }) =>
      [IpProtocol, FromPort, CidrIpv4, Description]
        .filter((part) => part !== undefined && part !== "")
        .join(" "),
    )
    .sort();
}

test("sixty rules take two calls to create, none to keep, one to read, and two to delete", () => {
  const made = seen.made.of("sixty");
  expect(made.actions).toEqual(["DescribeSecurityGroupRules", "AuthorizeSecurityGroupEgress"]);
  expect(made.rules).toHaveLength(60);
  // In another order and another spelling, and twice.
  expect(seen.changed.of("sixty")).toMatchObject({ step: { operation: "same" }, actions: [] });
  expect(seen.refreshed.of("sixty").actions).toEqual(["DescribeSecurityGroupRules"]);
  const destroyed = seen.destroyed.of("sixty");
  expect(destroyed.actions).toEqual(["DescribeSecurityGroupRules", "RevokeSecurityGroupEgress"]);
  expect(textsOf(destroyed)).toEqual(["-1 -1 0.0.0.0/0"]);
});

test("a preview names the rules that come and go, and an edit takes the fewest calls", () => {
  const { printed } = seen.previewed;
  expect(printed).toContain("+ tcp 443 to 10.30.0.0/16");
  expect(printed).toContain("- tcp 443 to 10.25.0.0/16");
  expect(printed).toMatch(/description: "said now"/);
  const { actions, rules } = seen.changed.of("edited");
  expect([...actions].sort()).toEqual([
    "AuthorizeSecurityGroupEgress",
    "DescribeSecurityGroupRules",
    // For descriptions.
    "ModifySecurityGroupRules",
    "RevokeSecurityGroupEgress",
  ]);
  expect(rules).toHaveLength(32);
});

test("an exclusive set takes over the group, keeps strangers out, and leaves those added since", () => {
  const declared = ["tcp 22 10.0.0.0/8", "tcp 443 10.0.0.0/16 updates"];
  expect(textsOf(seen.made.of("exclusive"))).toEqual(declared);

  expect(seen.refreshed.changes).toMatchObject({ update: 1 });
  const { state } = seen.refreshed.of("exclusive");
  expect(state?.outputs?.rules).toHaveProperty(["tcp 23 to 10.0.0.0/8"]);
  expect(seen.previewed.printed).toContain("- tcp 23 to 10.0.0.0/8");
  expect(textsOf(seen.changed.of("exclusive"))).toEqual(declared);

  expect(seen.destroyed.printed).toMatch(
    /rules that the exclusive set does not own are left in place: tcp 24 to 10\.0\.0\.0\/8 \(sgr-\w+\)/,
  );
  expect(textsOf(seen.destroyed.of("exclusive"))).toEqual(["tcp 24 10.0.0.0/8"]);
});

test("a policy reports before it enforces: strangers are named at preview, up and refresh, and are no change", () => {
  const named = /has rules that this set does not declare: .*tcp 22 to 10\.0\.0\.0\/8 \(sgr-\w+\)/;
  for (const { printed } of [seen.tried, seen.made, seen.refreshed, seen.previewed, seen.changed]) {
    expect(printed).toMatch(named);
  }
  // One belongs to the exclusive set.
  expect(seen.refreshed.changes).toEqual({ same: Object.keys(SETS).length + 3, update: 1 });
  expect(seen.changed.of("tried").step).toEqual({ operation: "same" });
  expect(seen.changed.of("tried").rules).toHaveLength(3);

  expect(seen.refused.ok).toBe(false);
  expect(seen.refused.printed).toMatch(/tcp 22 to 10\.0\.0\.0\/8, claimed by no stack/);
  expect(seen.refused.printed).toContain("The set refuses rules that it does not declare");
  expect(seen.revoked.ok).toBe(true);
  expect(textsOf(seen.revoked.of("tried"))).toEqual(["tcp 443 10.0.0.0/8 HTTPS"]);
});

test("an exclusive set restores the default rule if the program specifies it", () => {
  expect(textsOf(seen.made.of("restored"))).not.toContain("-1 -1 0.0.0.0/0");
  expect(textsOf(seen.destroyed.of("restored"))).toEqual(["-1 -1 0.0.0.0/0"]);
});

test("a set from get has all rules of the group, after a refresh too, and changes none", () => {
  const rules = { "all traffic to 0.0.0.0/0": {}, "tcp 22 to 10.0.0.0/8": {} };
  expect(seen.made.outputs).toEqual({ read: rules });
  expect(seen.changed.outputs).toEqual({ read: rules });
  expect(seen.destroyed.of("read").rules).toHaveLength(2);
});
