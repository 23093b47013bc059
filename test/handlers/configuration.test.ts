import { CreateSecurityGroupCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DESCRIBE } from "../actions";
import { known } from "../known";
import { endpoint } from "../world";
import { callsWith, endpointsAt, ID, KEYS, proxy } from "./configured";
import { failureOf, handlerOf, make } from "./handler";
import { makePlace, STACK } from "./place";
import { isSignedWith, signerOf } from "./signature";

describe("the stack's configuration", () => {
  test("specifies the Region and the keys that sign calls", async () => {
    const config = { ...KEYS, ...endpointsAt(proxy.url), "aws:region": "eu-west-1" };
    const [call] = await callsWith({ ...config, "aws:token": "configured token" });
    expect(signerOf(call)).toEqual({ accessKey: "AKIACONFIGURED", region: "eu-west-1", service: "ec2" });
    expect(call?.headers["x-amz-security-token"]).toBe("configured token");
    expect(isSignedWith("configured secret", known(call))).toBe(true);
    expect(isSignedWith("another secret", known(call))).toBe(false);
  });

  test("overrides the environment", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    process.env.AWS_SESSION_TOKEN = "environment token";
    process.env.AWS_REGION = "eu-west-2";
    const [call] = await callsWith({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "eu-west-1" });
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIACONFIGURED", region: "eu-west-1" });
    expect(call?.headers).not.toHaveProperty("x-amz-security-token");
  });

  test("leaves the rest to the environment", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    process.env.AWS_SESSION_TOKEN = "environment token";
    process.env.AWS_REGION = "eu-west-2";
    process.env.AWS_ENDPOINT_URL = proxy.url;
    const [call] = await callsWith({});
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIAENVIRONMENT", region: "eu-west-2" });
    expect(call?.headers["x-amz-security-token"]).toBe("environment token");
  });

  test("is separate for each handler", async () => {
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

  test("yields to the resource's own Region", async () => {
    const config = { ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" };
    const [call] = await callsWith(config, { region: "eu-west-1" });
    expect(signerOf(call).region).toBe("eu-west-1");
  });

  test("without any Region fails, and says where to set one", async () => {
    expect(await failureOf(callsWith({ ...KEYS, ...endpointsAt(proxy.url) }))).toBe(
      `reading rule ${ID}: no Region is set: set aws:region or AWS_REGION`,
    );
  });

  test("without any credentials fails, and says where to set them", async () => {
    const message = await failureOf(callsWith({ ...endpointsAt(proxy.url), "aws:region": "us-east-1" }));
    expect(message).toContain(`reading rule ${ID} (us-east-1): CredentialsProviderError`);
    expect(message).toContain("Check the current credentials: aws:profile, aws:accessKey or aws:assumeRoles");
    expect(proxy.calls).toEqual([]);
  });
});

describe("credentials", () => {
  const SECRETS = /AKIACONFIGURED|configured secret|configured token/;

  test("appear neither in state nor in an error", async () => {
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
      owner: STACK,
    };
    const made = await make(handler, { ...rule, cidrIpv4: "10.0.0.0/16" });
    expect(JSON.stringify([made, await handler.read(made.id, made.outs)])).not.toMatch(SECRETS);

    proxy.befall(DESCRIBE, [{ refuse: "AuthFailure" }]);
    const message = await failureOf(handler.read(made.id, made.outs));
    expect(message).toContain("AuthFailure");
    expect(message).not.toMatch(SECRETS);
  });
});

test("a rule in a Region other than the stack's is created, read and deleted there", async () => {
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
  const rule = { securityGroupId: GroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, owner: STACK };
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
