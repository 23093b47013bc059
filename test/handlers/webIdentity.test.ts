import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DESCRIBE } from "../actions";
import { callsWith, endpointsAt, proxy } from "./configured";
import { failureOf, type StackConfig } from "./handler";
import { signerOf } from "./signature";

const ROLE = "arn:aws:iam::123456789012:role/deploy";
const TOKEN = "eyJhbGciOiJSUzI1NiJ9.c2hvcA.c2lnbmVk";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "egress-token-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tokenFile(): string {
  const file = join(folder, "token");
  writeFileSync(file, TOKEN);
  return file;
}

const config = (identity: object, more: StackConfig = {}): StackConfig => ({
  ...endpointsAt(proxy.url),
  "aws:region": "us-east-1",
  "aws:assumeRoleWithWebIdentity": JSON.stringify(identity),
  ...more,
});

describe("a role assumed with a web identity", () => {
  test("signs the calls to EC2 without a key", async () => {
    const [assume, call] = await callsWith(
      config({
        roleArn: ROLE,
        webIdentityToken: TOKEN,
        sessionName: "from-ci",
        duration: "1h",
        policy: "{}",
        policyArns: ["arn:aws:iam::aws:policy/AmazonEC2FullAccess"],
      }),
    );
    expect(assume).toMatchObject({
      action: "AssumeRoleWithWebIdentity",
      params: {
        RoleArn: ROLE,
        RoleSessionName: "from-ci",
        WebIdentityToken: TOKEN,
        DurationSeconds: "3600",
        Policy: "{}",
        "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/AmazonEC2FullAccess",
      },
    });
    expect(call?.action).toBe(DESCRIBE);
    expect(call?.headers["x-amz-security-token"]).toMatch(/./);
  });

  test("may read its token from a file", async () => {
    const [assume] = await callsWith(config({ roleArn: ROLE, webIdentityTokenFile: tokenFile() }));
    expect(assume).toMatchObject({ params: { RoleArn: ROLE, WebIdentityToken: TOKEN } });
  });

  test("may come from the environment if the configuration omits it", async () => {
    process.env.AWS_ROLE_ARN = ROLE;
    process.env.AWS_ROLE_SESSION_NAME = "of the environment";
    process.env.AWS_WEB_IDENTITY_TOKEN_FILE = tokenFile();
    const [assume] = await callsWith(config({}));
    expect(assume).toMatchObject({
      params: { RoleArn: ROLE, RoleSessionName: "of the environment", WebIdentityToken: TOKEN },
    });
  });

  test("overrides the profile and the environment, and the roles to assume come after it", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    const next = { roleArn: "arn:aws:iam::123456789012:role/next" };
    const roles = { "aws:assumeRoles": JSON.stringify([next]), "aws:profile": "shop" };
    const [first, second, call] = await callsWith(config({ roleArn: ROLE, webIdentityToken: TOKEN }, roles));
    expect(first?.action).toBe("AssumeRoleWithWebIdentity");
    expect(second).toMatchObject({ action: "AssumeRole", params: { RoleArn: next.roleArn } });
    expect(signerOf(second).accessKey).not.toBe("AKIAENVIRONMENT");
    expect(call?.action).toBe(DESCRIBE);
  });

  test("is refused without revealing its token", async () => {
    proxy.befall("AssumeRoleWithWebIdentity", [{ refuse: "InvalidIdentityToken" }]);
    const message = await failureOf(callsWith(config({ roleArn: ROLE, webIdentityToken: TOKEN })));
    expect(message).toContain("refused on the way");
    expect(message).not.toContain(TOKEN);
  });
});
