import * as pulumi from "@pulumi/pulumi";
import {
  AllowHttpsOut,
  AllowPingOut,
  allow,
  type EgressDestination,
  EgressPolicy,
  EgressRule,
  EgressRuleSet,
  Port,
  type RuleArgs,
} from "../../index";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { newStack } from "./newStack";
import type { StateResource, TestStack } from "./stack";

let stack: TestStack;
let groups: string[];
let lists: { readonly [name: string]: string };

beforeAll(async () => {
  lists = await endpoint.prefixLists();
});
beforeEach(async () => {
  groups = await endpoint.makeGroups(40);
  stack = await newStack();
});
afterEach(() => endpoint.deny([]));

const { cidrIpv4: _, ...TO_NOWHERE } = LAN;
const ICMP = { ipProtocol: "icmp", cidrIpv4: "10.0.0.0/16" };
const { secret } = pulumi;

/** Rule arguments with every possible secret; and their texts, which only EC2 may see. */
function cases(
  port: number,
): { args: Partial<RuleArgs> & EgressDestination; planted: (string | number)[] }[] {
  const s3 = lists["com.amazonaws.us-east-1.s3"] ?? "";
  const dynamodb = lists["com.amazonaws.us-east-1.dynamodb"] ?? "";
  return [
    { args: { ...LAN, ipProtocol: secret("253") }, planted: [253] },
    { args: { ...LAN, fromPort: secret(port), toPort: secret(port + 1) }, planted: [port, port + 1] },
    { args: { ...ICMP, icmp: { type: secret(213), code: secret(117) } }, planted: [213, 117] },
    { args: { ...ICMP, icmp: secret({ type: 214, code: 118 }) }, planted: [214, 118] },
    { args: { ...LAN, cidrIpv4: secret("10.77.1.0/24") }, planted: ["10.77.1"] },
    { args: { ...TO_NOWHERE, cidrIpv6: secret("2001:db8:77::/48") }, planted: ["2001:db8:77"] },
    { args: { ...TO_NOWHERE, prefixListId: secret(s3) }, planted: [s3] },
    {
      args: { ...TO_NOWHERE, prefixListName: secret("com.amazonaws.{region}.dynamodb") },
      planted: [dynamodb],
    },
    {
      args: { ...TO_NOWHERE, referencedSecurityGroupId: secret("210987654399/sg-0fedcba9876543210") },
      planted: ["210987654399", "sg-0fedcba9876543210"],
    },
    {
      args: {
        ...TO_NOWHERE,
        referencedSecurityGroupId: "sg-0fedcba9876543211",
        referencedSecurityGroupOwnerId: secret("210987654398"),
      },
      planted: ["210987654398"],
    },
    { args: { ...LAN, description: secret("hush-hush") }, planted: ["hush-hush"] },
    { args: { ...LAN, tags: { Team: secret("hidden-team") } }, planted: ["hidden-team"] },
    { args: { ...LAN, tags: secret({ HiddenKey: "hidden-value" }) }, planted: ["HiddenKey", "hidden-value"] },
  ];
}

function rulesProgram(port: number): pulumi.automation.PulumiFn {
  return async () => {
    for (const [place, { args }] of cases(port).entries()) {
      new EgressRule(`rule-${place}`, { securityGroupId: groups[place] ?? "", ipProtocol: "tcp", ...args });
    }
    new EgressRule("of-group", { ...LAN, securityGroupId: secret(groups[39] ?? "") });
    new AllowHttpsOut("web", { securityGroup: groups[20] ?? "", to: secret("10.77.2.0/24") });
    new AllowPingOut("ping", { securityGroup: groups[21] ?? "", to: secret("10.77.3.0/24") });
  };
}

function setsProgram(port: number): pulumi.automation.PulumiFn {
  return async () => {
    for (const [place, { args }] of cases(port).entries()) {
      const rules = [{ ipProtocol: "tcp", ...args }];
      new EgressRuleSet(`set-${place}`, { securityGroupId: groups[place] ?? "", rules });
    }
    new EgressPolicy("policy", {
      securityGroup: groups[22] ?? "",
      allow: [allow.traffic(Port.tcp(8443), secret("10.77.4.0/24"), { description: secret("hush-hush") })],
    });
  };
}

const PORT = 54321;

function planted(): (string | number)[] {
  const more = ["10.77.2", "10.77.3", "10.77.4", PORT + 2, PORT + 3];
  return [...cases(PORT).flatMap(({ planted: some }) => some), ...more];
}

function expectSilence(text: string, secrets = planted()): void {
  // Ids and claims of rules, which can contain any number.
  const read = text.replace(/sgr-[0-9a-f]+|@[0-9a-f]{8}|request id [0-9a-f-]+|groups?-\d+/g, "");
  for (const one of secrets) {
    const pattern = new RegExp(`(?<![\\w-])${String(one).replace(/\./g, "\\.")}(?![\\w])`);
    expect(read.split("\n").filter((line) => pattern.test(line))).toEqual([]);
  }
}

/** The engine's marker for encrypted values in state. */
const ENCRYPTED = "4dabf18193072939515e22adb298388d";

/** All clear text in state. */
function leaves(value: unknown): (string | number)[] {
  if (typeof value === "string" || typeof value === "number") return [value];
  if (typeof value !== "object" || value === null || ENCRYPTED in value) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...leaves(part)]);
}

function expectSecretState(resources: readonly StateResource[], secrets = planted()): void {
  for (const { urn, inputs, outputs } of resources) {
    const open = leaves([inputs, outputs]);
    const told = secrets.filter((one) =>
      open.some((leaf) =>
        typeof one === "number" ? String(leaf) === String(one) : String(leaf).includes(one),
      ),
    );
    expect({ urn, told }).toEqual({ urn, told: [] });
  }
}

describe.each([
  ["EgressRule and components", rulesProgram, "AuthorizeSecurityGroupEgress"],
  ["EgressRuleSet and EgressPolicy", setsProgram, "AuthorizeSecurityGroupEgress"],
])("%s", (_name, program, action) => {
  test("secrets stay secret in state and in all output", async () => {
    const printed = [(await stack.preview(program(PORT))).printed];
    await endpoint.deny([action]);
    // An engine that stops at the first failure may never deliver a component's outputs, which fails the program
    // late.
    const refused = await stack.up(program(PORT), { continueOnError: true });
    expect(refused.printed).toContain("UnauthorizedOperation");
    await endpoint.deny([]);

    const made = await stack.up(program(PORT));
    expect({ ok: made.ok, printed: made.ok ? "" : made.printed }).toEqual({ ok: true, printed: "" });
    const secrets = [...planted(), ...(program === rulesProgram ? [groups[39] ?? ""] : [])];
    expectSecretState(await stack.resources(), secrets);
    const refreshed = await stack.refresh();
    expect(refreshed.ok).toBe(true);
    expectSecretState(await stack.resources(), secrets);
    const again = await stack.up(program(PORT));
    expect(again.changes).toEqual({ same: expect.any(Number) });

    await endpoint.deny(["ModifySecurityGroupRules", action]);
    const failed = await stack.up(program(PORT + 2), { continueOnError: true });
    expect(failed.ok).toBe(false);
    await endpoint.deny(["RevokeSecurityGroupEgress"]);
    const kept = await stack.destroy();
    expect(kept.ok).toBe(false);
    await endpoint.deny([]);
    expectSecretState(await stack.resources(), secrets);
    const gone = await stack.destroy();
    expect(gone.ok).toBe(true);
    for (const ran of [refused, made, refreshed, again, failed, kept, gone]) printed.push(ran.printed);
    expectSilence(printed.join("\n"), secrets);
  });
});

test("preview does not show a secret that it refuses", async () => {
  const bad = async () => {
    new EgressRule("bad", {
      securityGroupId: groups[0] ?? "",
      ...TO_NOWHERE,
      toPort: secret(54321),
      fromPort: 54322,
      cidrIpv4: secret("10.77.300.0/16"),
    });
  };
  const { ok, printed } = await stack.preview(bad);
  expect(ok).toBe(false);
  expect(printed).toContain("a secret value is not valid, and is not shown: ");
  expect(printed).toContain("preview once with pulumi.unsecret around them");
  expectSilence(printed, ["10.77.300", 54321]);
});
