import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@aws-sdk/client-ec2";
import type { RecordedCall } from "../ec2/endpoint";
import { ROOT } from "../setup";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { RESOURCES, type Resource } from "./errors/kinds";
import { attempt, type Cause } from "./errors/subject";
import { VERBS, type Verb } from "./errors/verbs";
import { errorOf, handlerAt } from "./handler";
import { authorize, makePlace, type Place, STACK, tcp } from "./place";

/** A statement of an IAM policy, in the form of docs/reference/iam.md. */
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const [, policy = ""] =
  /## The least policy[\s\S]*?```json\n([\s\S]*?)```/.exec(
    readFileSync(join(ROOT, "docs", "reference", "iam.md"), "utf8"),
  ) ?? [];
const STATEMENTS: readonly Statement[] = JSON.parse(policy).Statement;
const GRANTED = STATEMENTS.flatMap(actionsOf);
const ALL_ACTIONS = Object.keys(sdk).flatMap((name) => /^(.+)Command$/.exec(name)?.[1] ?? []);

function actionsOf({ Action }: Statement): string[] {
  return [Action].flat().map((action) => action.replace("ec2:", ""));
}

let place: Place;

beforeAll(async () => {
  place = await makePlace(endpoint);
});
afterEach(() => endpoint.deny([]));

/** Refuses every other action. */
async function allowOnly(granted: readonly string[]): Promise<void> {
  await endpoint.deny(ALL_ACTIONS.filter((action) => !granted.includes(action)));
}

const ALL_VERBS: readonly Verb[] = ["create", "change", "tag", "untag", "look", "revoke"];

async function outcomeOf(resource: Resource, verb: Verb, cause: Cause, preflight = false): Promise<unknown> {
  const config = preflight ? { "aws-egress:preflight": "true" } : {};
  const { outcome } = await attempt(endpoint, resource, verb, cause, config);
  await endpoint.deny([]);
  return outcome;
}

test("the policy names existing actions", () => {
  expect(GRANTED.length).toBeGreaterThan(0);
  expect(GRANTED.filter((action) => !ALL_ACTIONS.includes(action))).toEqual([]);
  expect(STATEMENTS.filter(({ Effect }) => Effect !== "Allow")).toEqual([]);
});

describe.each(RESOURCES)("%s: the policy suffices", (resource) => {
  strictly.each(ALL_VERBS)("for everything that %s does, including preflight", async (verb) => {
    for (const preflight of [false, true]) {
      const bringAbout = async () => {
        await endpoint.reset();
        await allowOnly(GRANTED);
      };
      expect(await outcomeOf(resource, verb, { bringAbout }, preflight)).not.toBeInstanceOf(Error);
      expect((await endpoint.calls()).flatMap(beyondPolicy)).toEqual([]);
    }
  });
});

strictly("the policy suffices to adopt a rule", async () => {
  const bringAbout = async ({ group }: { readonly group: string }) => {
    await authorize({ ...place, group }, tcp(443, "10.0.0.0/16"));
    await allowOnly(GRANTED);
  };
  const outcome = await outcomeOf("EgressRule", "create", { args: { adopt: true }, bringAbout });
  expect(outcome).not.toBeInstanceOf(Error);
});

/** The resources of a call that the policy does not cover; `*` cannot be narrowed. */
function beyondPolicy({ action, params }: RecordedCall): string[] {
  const statements = STATEMENTS.filter((statement) => actionsOf(statement).includes(action));
  const patterns = statements.flatMap(({ Resource }) => Resource);
  const ids = Object.values(params).filter((value) => /^(sg|sgr)-[0-9a-f]+$/.test(value));
  const arns = ids.map(
    (id) =>
      `arn:aws:ec2:us-east-1:123456789012:${id.startsWith("sgr-") ? "security-group-rule" : "security-group"}/${id}`,
  );
  const isReached = (arn: string) =>
    patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(arn));
  return [...(patterns.length === 0 ? [action] : []), ...arns.filter((arn) => !isReached(arn))];
}

describe("each action of the policy is needed: without it,", () => {
  strictly.each(GRANTED)("%s is named in the error", async (action) => {
    const verb = ALL_VERBS.find((each) => VERBS[each].action === action) ?? "create";
    for (const resource of RESOURCES) {
      const bringAbout = () => allowOnly(GRANTED.filter((other) => other !== action));
      const outcome = await outcomeOf(resource, verb, { bringAbout });
      const error = await errorOf(outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve());
      expect(error.message).toContain(`Allow ec2:${action} to the current credentials.`);
    }
  });

  strictly("ec2:CreateTags is named alone, for a rule with tags", async () => {
    const bringAbout = () => allowOnly(GRANTED.filter((action) => action !== "CreateTags"));
    const outcome = await outcomeOf("EgressRule", "create", { bringAbout });
    expect(String(outcome)).toContain(
      "Allow ec2:CreateTags to the current credentials. Rules carry their claim as a tag; without it, set aws-egress:ownership to false and declare no tags.",
    );
  });
});

strictly("without claims and tags, the statement on tags is unnecessary", async () => {
  const handler = handlerAt(endpoint);
  const rule = { securityGroupId: place.group, ipProtocol: "tcp", fromPort: 8443, toPort: 8443 };
  await allowOnly(GRANTED.filter((action) => !action.endsWith("Tags")));
  const { inputs } = await handler.check({}, { ...rule, cidrIpv4: "10.0.0.0/16" });
  const { id, outs } = await handler.create(inputs);
  const { inputs: news } = await handler.check(inputs, {
    ...rule,
    cidrIpv4: "10.0.0.0/16",
    description: "web",
  });
  const { outs: changed } = await handler.update(id, outs, news);
  expect(await handler.read(id, changed)).toMatchObject({ props: { description: "web" } });
  await expect(handler.delete(id, changed)).resolves.toBeUndefined();
});

strictly("prefix lists by name need one more action, which the error names", async () => {
  await allowOnly(GRANTED);
  const { failures } = await handlerAt(endpoint).check(
    {},
    {
      ...{ securityGroupId: place.group, ipProtocol: "tcp", fromPort: 443, toPort: 443, owner: STACK },
      prefixListName: "com.amazonaws.us-east-1.s3",
    },
  );
  expect(failures.map(({ reason }) => reason).join()).toContain("Allow ec2:DescribeManagedPrefixLists");
});
