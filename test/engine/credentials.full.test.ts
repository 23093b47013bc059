import { EgressRule, EgressRuleSet } from "../../index";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { makeStack, type Ran, type TestStack } from "./stack";

let groups: string[];

beforeEach(async () => {
  groups = await endpoint.makeGroups(2);
});
afterEach(async () => endpoint.deny([]));

const program = (toPort: number) => async () => {
  new EgressRule("to-lan", { securityGroupId: groups[0] ?? "", ...LAN, toPort });
  new EgressRuleSet("set", { securityGroupId: groups[1] ?? "", rules: [{ ...LAN, toPort }] });
};

/** An endpoint URL that contains a password. */
function withPassword(password: string): string {
  return endpoint.url.replace("://", `://plantedUser:${password}@`);
}

const ROLE = { roleArn: "arn:aws:iam::123456789012:role/egress", externalId: "PLANTEDEXTERNALID" };

/** Every way to give credentials: in configuration with `--secret`, and in the environment. */
const WAYS: [name: string, of: () => Parameters<typeof makeStack>[1]][] = [
  [
    "the stack's configuration",
    () => ({
      config: {
        "aws:region": "us-east-1",
        "aws:accessKey": "PLANTEDACCESSKEY",
        "aws:secretKey": "PLANTEDSECRETKEY",
        "aws:token": "PLANTEDTOKEN",
        "aws:endpoints": JSON.stringify([
          { ec2: withPassword("PLANTEDPASSWORD"), sts: withPassword("PLANTEDPASSWORD") },
        ]),
        "aws:assumeRoles": JSON.stringify([ROLE]),
      },
      env: { AWS_ENDPOINT_URL: "", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    }),
  ],
  [
    "a web identity and a proxy",
    () => ({
      config: {
        "aws:region": "us-east-1",
        "aws:endpoints": JSON.stringify([{ ec2: endpoint.url, sts: endpoint.url }]),
        "aws:assumeRoleWithWebIdentity": JSON.stringify({
          roleArn: ROLE.roleArn,
          webIdentityToken: "PLANTEDWEBTOKEN",
        }),
        "aws:httpsProxy": "http://plantedUser:PLANTEDPROXYPASSWORD@127.0.0.1:9",
      },
      env: { AWS_ENDPOINT_URL: "", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", DEBUG: "*" },
    }),
  ],
  [
    "the environment",
    () => ({
      env: {
        AWS_ENDPOINT_URL: withPassword("PLANTEDPASSWORD"),
        AWS_ACCESS_KEY_ID: "PLANTEDACCESSKEY",
        AWS_SECRET_ACCESS_KEY: "PLANTEDSECRETKEY",
        AWS_SESSION_TOKEN: "PLANTEDTOKEN",
      },
    }),
  ],
];

/**
 * The engine itself logs what it hands to a provider at this level: the stack's whole configuration, in clear text
 * even if set with `--secret`.
 */
const BY_ENGINE =
  /"msg":"(Marshaling property for RPC\[Provider\[\w+\]\.(CheckConfig|Configure|DiffConfig)\(|Planner decided [\w ]+ '[^']*::pulumi:providers:)/;

function plantedLines(text: string): string[] {
  return text.split("\n").filter((line) => /PLANTED/.test(line) && !BY_ENGINE.test(line));
}

async function everyRun(stack: TestStack): Promise<Ran[]> {
  const ran = [await stack.preview(program(80)), await stack.up(program(80)), await stack.refresh()];
  await endpoint.deny(["ModifySecurityGroupRules", "RevokeSecurityGroupEgress"]);
  const failed = [await stack.up(program(81)), await stack.destroy()];
  await endpoint.deny([]);
  const gone = await stack.destroy();
  expect([...ran, gone].map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(failed.map(({ ok }) => ok)).toEqual([false, false]);
  return [...ran, ...failed, gone];
}

test.each(WAYS)(
  "credentials from %s appear neither in state nor in the output, at -v=9 too",
  async (_, of) => {
    const stack = await makeStack(endpoint, { ...of(), verbose: true });
    try {
      const printed = (await everyRun(stack)).map((ran) => ran.printed).join("\n");
      // It received all of it.
      expect(/property for RPC.*aws-egress:EgressRule/.test(printed)).toBe(true);
      expect(plantedLines(printed)).toEqual([]);
      expect(await stack.state()).not.toContain("PLANTED");
    } finally {
      await stack.remove();
    }
  },
);
