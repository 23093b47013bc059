import { createHash, createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecurityGroupCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { endpoint } from "../world";
import { withoutAwsEnvironment } from "./environment";
import { failureOf, handlerOf, make, PROVIDER_LINE, type Props, type StackConfig } from "./handler";
import { makePlace, OWNER } from "./place";
import { type MishapProxy, type ProxiedCall, startProxy } from "./proxy";

let proxy: MishapProxy;
let folder: string;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
  folder = await mkdtemp(join(tmpdir(), "egress-config-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await proxy.stop();
});

withoutAwsEnvironment();

beforeEach(() => proxy.reset());

const ID = "sgr-0123456789abcdef0";
const KEYS = { "aws:accessKey": "AKIACONFIGURED", "aws:secretKey": "configured secret" };

/** Nothing listens there. */
const NOWHERE = "http://127.0.0.1:9";

/** The state of a rule that is gone. */
const GONE = { securityGroupRuleId: ID, __provider: PROVIDER_LINE };

function endpointsAt(url: string): StackConfig {
  return { "aws:endpoints": JSON.stringify([{ ec2: url, sts: url }]) };
}

/** The calls that a read makes with this configuration. */
async function callsWith(config: StackConfig, props: Props = {}): Promise<readonly ProxiedCall[]> {
  const handler = handlerOf({ "aws:maxRetries": "0", ...config });
  await handler.read(ID, { ...props, ...GONE });
  return proxy.calls;
}

/** Whose key has signed a call, and for which Region and service. */
function signerOf(call: ProxiedCall | undefined) {
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(call?.headers.authorization ?? "");
  const [, accessKey, region, service] = known(scope ?? undefined);
  return { accessKey, region, service };
}

/** Whether a call carries the signature that only this secret makes. */
function isSignedWith(secret: string, { body, headers }: ProxiedCall): boolean {
  const text = headers.authorization ?? "";
  const [, date = "", region = "", service = ""] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)/.exec(text) ?? [];
  const [, signed = ""] = /SignedHeaders=([^,]+)/.exec(text) ?? [];
  const hash = (value: string) => createHash("sha256").update(value).digest("hex");
  const lines = signed.split(";").map((name) => `${name}:${headers[name]}\n`);
  const request = ["POST", "/", "", lines.join(""), signed, hash(body)].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hash(request)].join("\n");
  const parts = [date, region, service, "aws4_request"];
  const sign = (key: string | Buffer, part: string) => createHmac("sha256", key).update(part).digest();
  const key = parts.reduce<string | Buffer>(sign, `AWS4${secret}`);
  return text.endsWith(`Signature=${sign(key, toSign).toString("hex")}`);
}

describe("the stack's configuration", () => {
  test("gives the Region and the keys that calls are signed with", async () => {
    const config = { ...KEYS, ...endpointsAt(proxy.url), "aws:region": "eu-west-1" };
    const [call] = await callsWith({ ...config, "aws:token": "configured token" });
    expect(signerOf(call)).toEqual({ accessKey: "AKIACONFIGURED", region: "eu-west-1", service: "ec2" });
    expect(call?.headers["x-amz-security-token"]).toBe("configured token");
    expect(isSignedWith("configured secret", known(call))).toBe(true);
    expect(isSignedWith("another secret", known(call))).toBe(false);
  });

  test("comes before the environment", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    process.env.AWS_SESSION_TOKEN = "environment token";
    process.env.AWS_REGION = "eu-west-2";
    const [call] = await callsWith({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "eu-west-1" });
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIACONFIGURED", region: "eu-west-1" });
    expect(call?.headers).not.toHaveProperty("x-amz-security-token");
  });

  test("leaves to the environment what it does not say", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    process.env.AWS_SESSION_TOKEN = "environment token";
    process.env.AWS_REGION = "eu-west-2";
    process.env.AWS_ENDPOINT_URL = proxy.url;
    const [call] = await callsWith({});
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIAENVIRONMENT", region: "eu-west-2" });
    expect(call?.headers["x-amz-security-token"]).toBe("environment token");
  });

  test("is each handler's own", async () => {
    const of = (accessKey: string) =>
      callsWith({
        ...KEYS,
        "aws:accessKey": accessKey,
        "aws:region": "eu-west-1",
        ...endpointsAt(proxy.url),
      });
    await of("AKIAONE");
    await of("AKIATWO");
    expect(proxy.calls.map((call) => signerOf(call).accessKey)).toEqual(["AKIAONE", "AKIATWO"]);
  });

  test("may name the Region on the resource, which comes first", async () => {
    const config = { ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" };
    const [call] = await callsWith(config, { region: "eu-west-1" });
    expect(signerOf(call).region).toBe("eu-west-1");
  });

  test("without any Region says where to set one", async () => {
    expect(await failureOf(callsWith({ ...KEYS, ...endpointsAt(proxy.url) }))).toBe(
      `reading rule ${ID}: no Region is set: set aws:region, or AWS_REGION`,
    );
  });

  test("without any credentials says where to set them", async () => {
    const message = await failureOf(callsWith({ ...endpointsAt(proxy.url), "aws:region": "us-east-1" }));
    expect(message).toContain(`reading rule ${ID} (us-east-1): CredentialsProviderError`);
    expect(message).toContain("Check the credentials in use: aws:profile, aws:accessKey or aws:assumeRoles");
    expect(proxy.calls).toEqual([]);
  });
});

describe("a profile", () => {
  beforeEach(async () => {
    const credentials = join(folder, "credentials");
    await writeFile(
      credentials,
      `[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = default secret
[shop]\naws_access_key_id = AKIASHOP\naws_secret_access_key = shop secret\n`,
    );
    const config = join(folder, "config");
    await writeFile(config, "[profile shop]\nregion = eu-west-3\n");
    process.env.AWS_SHARED_CREDENTIALS_FILE = credentials;
    process.env.AWS_CONFIG_FILE = config;
  });

  test("that aws:profile names gives keys and Region", async () => {
    const [call] = await callsWith({ "aws:profile": "shop", ...endpointsAt(proxy.url) });
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-3" });
    expect(isSignedWith("shop secret", known(call))).toBe(true);
  });

  test("that aws:profile names comes before the keys of the environment", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    // The SDK warns of two sources of credentials.
    const warned = jest.spyOn(console, "warn").mockImplementation(() => {});
    const [call] = await callsWith({ "aws:profile": "shop", ...endpointsAt(proxy.url) });
    warned.mockRestore();
    expect(signerOf(call).accessKey).toBe("AKIASHOP");
  });

  test("that AWS_PROFILE names will do too", async () => {
    process.env.AWS_PROFILE = "shop";
    const [call] = await callsWith(endpointsAt(proxy.url));
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-3" });
  });

  test("comes after aws:accessKey", async () => {
    const [call] = await callsWith({ ...KEYS, "aws:profile": "shop", ...endpointsAt(proxy.url) });
    expect(signerOf(call).accessKey).toBe("AKIACONFIGURED");
  });
});

describe("the endpoint", () => {
  const config = { ...KEYS, "aws:region": "us-east-1" };
  const actions = () => proxy.calls.map(({ action }) => action);

  test("of aws:endpoints comes before those of the environment", async () => {
    process.env.AWS_ENDPOINT_URL = NOWHERE;
    process.env.AWS_ENDPOINT_URL_EC2 = NOWHERE;
    await callsWith({ ...config, ...endpointsAt(proxy.url) });
    expect(actions()).toEqual(["DescribeSecurityGroupRules"]);
  });

  test("of AWS_ENDPOINT_URL_EC2 comes before AWS_ENDPOINT_URL", async () => {
    process.env.AWS_ENDPOINT_URL = NOWHERE;
    process.env.AWS_ENDPOINT_URL_EC2 = proxy.url;
    await callsWith(config);
    expect(actions()).toEqual(["DescribeSecurityGroupRules"]);
  });

  test("of AWS_ENDPOINT_URL will do", async () => {
    process.env.AWS_ENDPOINT_URL = proxy.url;
    await callsWith(config);
    expect(actions()).toEqual(["DescribeSecurityGroupRules"]);
  });

  test("may be the only part of aws:endpoints, as a record", async () => {
    await callsWith({ ...config, "aws:endpoints": JSON.stringify({ ec2: proxy.url }) });
    expect(actions()).toEqual(["DescribeSecurityGroupRules"]);
  });

  test("that is not there is told as such", async () => {
    const message = await failureOf(callsWith({ ...config, ...endpointsAt(NOWHERE) }));
    expect(message).toContain(`reading rule ${ID} (us-east-1)`);
    expect(message).toContain("127.0.0.1:9");
  });
});

describe("roles to assume", () => {
  const config = () => ({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" });
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

  test("of aws:assumeRoles are assumed through the endpoint's STS, and sign the calls to EC2", async () => {
    const roles = [
      {
        roleArn: role("deploy"),
        sessionName: "from-ci",
        externalId: "shop",
        duration: "1h30m",
        policy: "{}",
        policyArns: ["arn:aws:iam::aws:policy/AmazonEC2FullAccess"],
        tags: { Team: "web" },
        transitiveTagKeys: ["Team"],
        sourceIdentity: "ci",
      },
    ];
    const [assume, call] = await callsWith({ ...config(), "aws:assumeRoles": JSON.stringify(roles) });
    expect(signerOf(assume)).toEqual({ accessKey: "AKIACONFIGURED", region: "us-east-1", service: "sts" });
    expect(assume).toMatchObject({
      action: "AssumeRole",
      params: {
        RoleArn: role("deploy"),
        RoleSessionName: "from-ci",
        ExternalId: "shop",
        DurationSeconds: "5400",
        Policy: "{}",
        "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/AmazonEC2FullAccess",
        "Tags.member.1.Key": "Team",
        "Tags.member.1.Value": "web",
        "TransitiveTagKeys.member.1": "Team",
        SourceIdentity: "ci",
      },
    });
    expect(call?.action).toBe("DescribeSecurityGroupRules");
    expect(signerOf(call).accessKey).not.toBe("AKIACONFIGURED");
    expect(call?.headers["x-amz-security-token"]).toMatch(/./);
  });

  test("are assumed one with the credentials of the one before", async () => {
    const roles = [{ roleArn: role("first") }, { roleArn: role("second") }];
    const calls = await callsWith({ ...config(), "aws:assumeRoles": JSON.stringify(roles) });
    expect(calls.map(({ action, params }) => params.RoleArn ?? action)).toEqual([
      role("first"),
      role("second"),
      "DescribeSecurityGroupRules",
    ]);
    const [first, second, call] = calls.map((made) => signerOf(made).accessKey);
    expect(first).toBe("AKIACONFIGURED");
    expect(new Set([first, second, call]).size).toBe(3);
  });

  test("of aws:assumeRole, as older stacks have it, are assumed too", async () => {
    const [assume] = await callsWith({
      ...config(),
      "aws:assumeRole": JSON.stringify({ roleArn: role("deploy"), durationSeconds: 900 }),
    });
    expect(assume).toMatchObject({ params: { RoleArn: role("deploy"), DurationSeconds: "900" } });
  });

  test("start from the environment's credentials where the stack has none", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    const [assume] = await callsWith({
      ...endpointsAt(proxy.url),
      "aws:region": "us-east-1",
      "aws:assumeRoles": JSON.stringify([{ roleArn: role("deploy") }]),
    });
    expect(signerOf(assume)).toMatchObject({ accessKey: "AKIAENVIRONMENT", service: "sts" });
  });

  test("are assumed once for many calls", async () => {
    const handler = handlerOf({
      ...config(),
      "aws:assumeRoles": JSON.stringify([{ roleArn: role("deploy") }]),
    });
    await Promise.all([1, 2, 3].map(() => handler.read(ID, GONE)));
    await handler.read(ID, GONE);
    expect(proxy.calls.filter(({ action }) => action === "AssumeRole")).toHaveLength(1);
  });
});

describe("how often a call is tried", () => {
  const config = () => ({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" });
  const busy = () => proxy.befall("DescribeSecurityGroupRules", Array(9).fill("answer 503"));

  test("is said by AWS_MAX_ATTEMPTS where aws:maxRetries is not set", async () => {
    busy();
    process.env.AWS_MAX_ATTEMPTS = "2";
    await failureOf(handlerOf(config()).read(ID, {}));
    expect(proxy.calls).toHaveLength(2);
  });

  test("is said by aws:maxRetries first", async () => {
    busy();
    process.env.AWS_MAX_ATTEMPTS = "5";
    await failureOf(handlerOf({ ...config(), "aws:maxRetries": "0" }).read(ID, {}));
    expect(proxy.calls).toHaveLength(1);
  });

  test("is the SDK's own affair, in its adaptive mode, as each call tells AWS", async () => {
    const [call] = await callsWith(config());
    // Source: the SDK's features by their letters, RETRY_MODE_ADAPTIVE.
    expect(call?.headers["user-agent"]).toMatch(/ m\/([A-Za-z0-9]+,)*F(,| |$)/);
  });
});

describe("credentials", () => {
  const SECRETS = /AKIACONFIGURED|configured secret|configured token/;

  test("come neither into state nor into an error", async () => {
    const place = await makePlace(endpoint);
    const config = {
      ...KEYS,
      "aws:token": "configured token",
      ...endpointsAt(proxy.url),
      "aws:region": "us-east-1",
    };
    const handler = handlerOf({ ...config, "aws:maxRetries": "0" });
    const rule = {
      securityGroupId: place.group,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      owner: OWNER,
    };
    const made = await make(handler, { ...rule, cidrIpv4: "10.0.0.0/16" });
    expect(JSON.stringify([made, await handler.read(made.id, made.outs)])).not.toMatch(SECRETS);

    proxy.befall("DescribeSecurityGroupRules", [{ refuse: "AuthFailure" }]);
    const message = await failureOf(handler.read(made.id, made.outs));
    expect(message).toContain("AuthFailure");
    expect(message).not.toMatch(SECRETS);
  });
});

test("a rule in another Region than the stack's is made, read and deleted there", async () => {
  const ireland = new EC2Client({
    endpoint: endpoint.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
  });
  const { Vpc } = await ireland.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const group = { VpcId: Vpc?.VpcId, GroupName: "web", Description: "web" };
  const { GroupId } = await ireland.send(new CreateSecurityGroupCommand(group));
  ireland.destroy();

  const handler = handlerOf({ ...KEYS, ...endpointsAt(endpoint.url), "aws:region": "us-east-1" });
  const rule = { securityGroupId: GroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, owner: OWNER };
  const made = await make(handler, { ...rule, cidrIpv4: "10.0.0.0/16", region: "eu-west-1" });
  expect(made.outs).toMatchObject({
    region: "eu-west-1",
    arn: expect.stringContaining("arn:aws:ec2:eu-west-1:"),
  });
  expect(await handler.read(made.id, made.outs)).toMatchObject({
    id: made.id,
    inputs: { region: "eu-west-1" },
  });
  expect(await handler.read(made.id, { ...made.outs, region: "us-east-1" })).toMatchObject({ id: "" });
  await handler.delete(made.id, made.outs);
  expect(await handler.read(made.id, made.outs)).toMatchObject({ id: "" });
});
