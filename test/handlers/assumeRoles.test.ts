import { DESCRIBE } from "../actions";
import { callsWith, endpointsAt, GONE, ID, KEYS, proxy } from "./configured";
import { handlerOf } from "./handler";
import { signerOf } from "./signature";

describe("roles to assume", () => {
  const config = () => ({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" });
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

  test("from aws:assumeRoles are assumed through the endpoint's STS, and sign the EC2 calls", async () => {
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
    expect(call?.action).toBe(DESCRIBE);
    expect(signerOf(call).accessKey).not.toBe("AKIACONFIGURED");
    expect(call?.headers["x-amz-security-token"]).toMatch(/./);
  });

  test("are assumed in order, each with the credentials of the previous one", async () => {
    const roles = [{ roleArn: role("first") }, { roleArn: role("second") }];
    const calls = await callsWith({ ...config(), "aws:assumeRoles": JSON.stringify(roles) });
    expect(calls.map(({ action, params }) => params.RoleArn ?? action)).toEqual([
      role("first"),
      role("second"),
      DESCRIBE,
    ]);
    const [first, second, call] = calls.map((made) => signerOf(made).accessKey);
    expect(first).toBe("AKIACONFIGURED");
    expect(new Set([first, second, call]).size).toBe(3);
  });

  test("from aws:assumeRole, as in older stacks, are assumed too", async () => {
    const [assume] = await callsWith({
      ...config(),
      "aws:assumeRole": JSON.stringify({ roleArn: role("deploy"), durationSeconds: 900 }),
    });
    expect(assume).toMatchObject({ params: { RoleArn: role("deploy"), DurationSeconds: "900" } });
  });

  test("start from the environment's credentials if the stack has none", async () => {
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
