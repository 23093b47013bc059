import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { EgressRule, EgressRuleSet } from "../../index";
import { fullTest } from "../fullTest";
import { askedSts, MINE, proxy, THEIR_ARN, THEIR_ROLE, THEIRS } from "../handlers/accounts";
import { known } from "../known";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { newStack } from "./newStack";

let folder: string;
let web: string;
let database: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "egress-credentials-"));
  [web = "", database = ""] = await endpoint.makeGroups(2);
  await useMine();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The file with the current credentials, as when a person signs in elsewhere. */
const file = () => join(folder, "credentials");

const useMine = () => write({ AccessKeyId: "testing", SecretAccessKey: "testing" });

async function useTheirs(): Promise<void> {
  const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
  const sts = new STSClient({ endpoint: endpoint.url, region: "us-east-1", credentials });
  const role = { RoleArn: THEIR_ROLE, RoleSessionName: "pulumi-aws-egress" };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  sts.destroy();
  await write(known(Credentials));
}

interface Keys {
  readonly AccessKeyId: string | undefined;
  readonly SecretAccessKey: string | undefined;
  readonly SessionToken?: string | undefined;
}

async function write({ AccessKeyId, SecretAccessKey, SessionToken }: Keys): Promise<void> {
  const keys = [`aws_access_key_id = ${AccessKeyId}`, `aws_secret_access_key = ${SecretAccessKey}`];
  const token = SessionToken === undefined ? [] : [`aws_session_token = ${SessionToken}`];
  await writeFile(file(), ["[default]", ...keys, ...token, ""].join("\n"));
}

const newStackOfFile = (config = {}) =>
  newStack({
    config,
    env: {
      AWS_ENDPOINT_URL: proxy.url,
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_SHARED_CREDENTIALS_FILE: file(),
    },
  });

const program = async () => {
  new EgressRule("to-lan", { securityGroupId: web, ...LAN });
  new EgressRuleSet("set", { securityGroupId: database, rules: [LAN] });
};

const inEc2 = async () => [await endpoint.rules(web), await endpoint.rules(database)];

/** How many rules there are beside each group's initial one. */
const declared = async () =>
  (await inEc2()).map((rules) => rules.filter(({ IpProtocol }) => IpProtocol !== "-1").length);

test("a stack with another account's credentials keeps its state, and with its own makes no needless call", async () => {
  const stack = await newStackOfFile();
  expect((await stack.up(program)).changes).toMatchObject({ create: 3 });
  proxy.reset();
  expect((await stack.up(program)).changes).toEqual({ same: 3 });
  expect(proxy.calls).toEqual([]);
  expect((await stack.refresh()).changes).toEqual({ same: 3 });
  expect(proxy.calls.map(({ action }) => action)).toEqual(Array(2).fill("DescribeSecurityGroupRules"));

  const inState = async () =>
    (await stack.resources()).map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));
  const [held, state] = [await inEc2(), await inState()];
  await useTheirs();
  for (const command of [stack.refresh, stack.destroy]) {
    const { ok, printed } = await command();
    expect(ok).toBe(false);
    const both = `state has it in account ${MINE}, but the current credentials belong to account ${THEIRS}`;
    expect(printed).toContain(both);
    expect(printed).toContain(THEIR_ARN);
    expect(await inState()).toEqual(state);
    expect(await inEc2()).toEqual(held);
  }
  await useMine();
  expect((await stack.destroy()).changes).toEqual({ delete: 3 });
  expect(await declared()).toEqual([0, 0]);
});

fullTest(
  "aws:allowedAccountIds blocks another account at preview, and at destroy, which checks nothing",
  async () => {
    const stack = await newStackOfFile({ "aws:allowedAccountIds": JSON.stringify([MINE]) });
    proxy.reset();
    expect((await stack.up(program)).changes).toMatchObject({ create: 3 });
    expect(askedSts()).toBe(1);
    await useTheirs();
    for (const command of [() => stack.preview(program), () => stack.destroy()]) {
      const { ok, printed } = await command();
      expect(ok).toBe(false);
      expect(printed).toContain("aws:allowedAccountIds");
      expect(printed).toContain(
        `does not include account ${THEIRS}, which the current credentials belong to`,
      );
    }
    expect(await declared()).toEqual([1, 1]);
    await useMine();
    expect((await stack.destroy()).ok).toBe(true);
    expect(await declared()).toEqual([0, 0]);
  },
);
