import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { Port } from "../../index";
import { makeEgressRuleSet } from "../../provider/handlers/egressRuleSet";
import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import { argsOfKey, withoutAccount } from "../../provider/rule/ruleKey";
import { isUnknown } from "../../provider/rule/unknown";
import { plainInputs } from "../../testing/plainInputs";
import { type Checked, configFor, handlerOf } from "../handlers/handler";
import { endpoint } from "../world";
import { COMPONENTS, type ComponentCase, componentCases, type Part } from "./componentCases";
import type { To } from "./destinations";
import { policyCases } from "./policyCases";
import { configureRuns, RUNS } from "./runs";

configureRuns();

let lists: { readonly [name: string]: string };

beforeAll(async () => {
  lists = await endpoint.prefixLists();
  // The warnings of rules.
  jest.spyOn(console, "warn").mockImplementation(() => {});
});
afterAll(async () => {
  jest.restoreAllMocks();
});

/** The result of a program's preview: what the engine receives, or the program's error. */
interface Preview {
  /** The answer of each check. */
  readonly checked: readonly Checked[];
  readonly error?: unknown;
}

async function preview(construct: () => unknown): Promise<Preview> {
  const registered: { type: string; inputs: unknown }[] = [];
  const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    registered.push({ type, inputs });
    return { id: name === "database" ? undefined : `${name}-id`, state: inputs };
  };
  // A new program each time.
  await pulumi.runtime.disconnect();
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "shop", "test", true);
  let error: unknown;
  try {
    construct();
  } catch (reason) {
    error = reason ?? "nothing";
  }
  await pulumi.runtime.disconnect();
  if (error !== undefined) return { checked: [], error };

  const config = configFor(endpoint.url);
  const handlers = new Map([
    ["EgressRule", handlerOf(config)],
    ["EgressRuleSet", handlerOf(config, makeEgressRuleSet())],
  ]);
  const checks = registered.flatMap(({ type, inputs }) => {
    const handler = handlers.get(type.replace("pulumi-nodejs:dynamic/aws-egress:", ""));
    return handler ? [handler.check({}, JSON.parse(JSON.stringify(plainInputs(inputs))))] : [];
  });
  return { checked: await Promise.all(checks) };
}

/** The names that a component's rules use for one of its arguments. */
const KNOWN_AS: { readonly [argument: string]: string } = {
  to: '"to|\\.to\\b|cidrIpv4|cidrIpv6|prefixListId|prefixListName|referencedSecurityGroupId|referencedSecurityGroupOwnerId',
  ports: '"ports"|ipProtocol|fromPort|toPort',
  reason: "reason|description",
  securityGroup: "securityGroup",
  allow: '"allow',
};

function names(text: string, wrong: readonly string[]): boolean {
  return wrong.some((argument) => new RegExp(KNOWN_AS[argument] ?? `\\b${argument}\\b`).test(text));
}

/** The message of a preview that fails; undefined if it succeeds. */
function refusalOf({ checked, error }: Preview, component: string): string | undefined {
  if (error !== undefined) {
    const { message } = Object(error);
    expect(pulumi.RunError.isInstance(error) ? message : error).toMatch(
      new RegExp(`^(${component} "web"|allow\\.[a-z]\\w+): `),
    );
    return message;
  }
  const failures = checked.flatMap(({ failures }) => failures);
  if (failures.length === 0) return undefined;
  return failures.map(({ property, reason }) => `${property} ${reason}`).join("\n");
}

/** Keeps what can reach each destination; if nothing can, keeps all. */
function rulesOf({ ports, to }: Part): string[] {
  return to.flatMap((one) => {
    const reaching = ports.filter((port) => isOfFamily(port, one));
    return (reaching.length > 0 ? reaching : ports).map((port) => line(port, one));
  });
}

/** Previews some cases: valid ones make the expected rules, and all others are refused. */
async function judged(
  some: fc.Arbitrary<ComponentCase>,
  seenRules: (checked: Checked) => readonly string[] | undefined,
): Promise<void> {
  const cases = { taken: 0, refused: 0 };
  const numRuns = Math.ceil(RUNS / 20);
  const property = fc.asyncProperty(some, async ({ component, construct, wrong, parts }) => {
    const seen = await preview(construct);
    const refusal = refusalOf(seen, component);
    const wanted = parts.map(rulesOf);
    if (wrong.length > 0) {
      expect({ refusal, isNamed: names(refusal ?? "", wrong) }).toMatchObject({ isNamed: true });
      expect(refusal?.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      cases.refused++;
    } else {
      expect(refusal).toBeUndefined();
      const rules = seen.checked.map(seenRules);
      if (!rules.includes(undefined)) expect(rules.flat().sort()).toEqual(wanted.flat().sort());
      cases.taken++;
    }
  });
  await fc.assert(property, { numRuns });
  expect(Math.min(cases.taken, cases.refused)).toBeGreaterThan(numRuns / 10);
}

test("any arguments of a component make the expected rules, or are refused by name", async () => {
  expect(COMPONENTS.size).toBeGreaterThan(30);
  await judged(componentCases(lists), ({ inputs }) => setLines(inputs));
});

test("any intents of a policy make the expected rules, or are refused by name", async () => {
  await judged(policyCases(lists), ({ inputs }) => setLines(inputs));
});

/** The rules of a set; undefined if one of them is unknown. */
function setLines({ rules }: UnknownRecord): string[] | undefined {
  const said = Object.keys(Object(rules)).map((key) => argsOfKey(withoutAccount(key)));
  const known = said.filter((args) => args !== undefined);
  return known.length === said.length && isRecord(rules) ? known.map(ruleLine) : undefined;
}

function isOfFamily({ protocol }: Port, { family }: To): boolean {
  if (protocol === "icmp") return family !== "ipv6";
  return protocol !== "icmpv6" || family !== "ipv4";
}

function line({ protocol, fromPort, toPort }: Port, { value = "?" }: To): string {
  return [protocol, fromPort, toPort, value].join(" ");
}

function ruleLine({ ipProtocol, fromPort, toPort, ...others }: UnknownRecord): string {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = others;
  const value = [cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId].find(
    (one) => one !== undefined,
  );
  return [ipProtocol, fromPort, toPort, isUnknown(value) ? "?" : value].join(" ");
}
