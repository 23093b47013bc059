import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callsWith, proxy as ec2 } from "../configured";
import { failureOf, type StackConfig } from "../handler";
import { signerOf } from "../signature";
import { company } from "./company";

const network = company();
let home: string;

// The SDK reads a file at a path once: each test has its own.
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "egress-home-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A stack whose profile files are where the configuration points. */
function config(files: { readonly config: string; readonly credentials?: string }): StackConfig {
  const write = (name: string, text: string) => {
    writeFileSync(join(home, name), text);
    return JSON.stringify([join(home, name)]);
  };
  return {
    "aws:profile": "shop",
    "aws:sharedConfigFiles": write("company-config", files.config),
    "aws:sharedCredentialsFiles": write("company-credentials", files.credentials ?? ""),
    "aws:httpsProxy": network().host,
    "aws:customCaBundle": network().authority.bundle,
  };
}
const passed = () => network().passed.map(({ to }) => to);

const KEYS = "aws_access_key_id = AKIASHOP\naws_secret_access_key = shop secret\n";

test("profile files from the configured paths supply the keys and the Region", async () => {
  const files = { config: "[profile shop]\nregion = eu-west-1\n", credentials: `[shop]\n${KEYS}` };
  const [call] = await callsWith(config(files));
  expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-1" });
});

test("the path of a profile file may start with the home folder or a variable", async () => {
  process.env.HOME = home;
  process.env.COMPANY = "company";
  const files = { config: "[profile shop]\nregion = eu-west-1\n", credentials: `[shop]\n${KEYS}` };
  const [call] = await callsWith({
    ...config(files),
    "aws:sharedConfigFiles": '["~/company-config"]',
    "aws:sharedCredentialsFiles": '["$HOME/$COMPANY-credentials"]',
  });
  expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-1" });
});

test("a profile's role is assumed through the proxy", async () => {
  const role =
    "role_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\nregion = us-east-1\n";
  await callsWith(config({ config: `[profile shop]\n${role}`, credentials: `[base]\n${KEYS}` }));
  expect(passed()).toEqual(["sts.us-east-1.amazonaws.com:443", "ec2.us-east-1.amazonaws.com:443"]);
  expect(ec2.calls[0]).toMatchObject({ action: "AssumeRole" });
});

test.each([["aws:profile"], ["AWS_PROFILE"]])(
  "SSO is called through the proxy if %s names its profile",
  async (way) => {
    const start = "https://company.awsapps.com/start";
    const sso = `sso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = deploy\n`;
    process.env.HOME = home;
    const cache = join(home, ".aws", "sso", "cache");
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, `${createHash("sha1").update(start).digest("hex")}.json`),
      JSON.stringify({ accessToken: "a token", expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    const { "aws:profile": profile = "", ...others } = config({
      config: `[profile shop]\n${sso}region = eu-west-1\n`,
    });
    const { "aws:sharedConfigFiles": files = "", ...ofEnvironment } = others;
    if (way === "AWS_PROFILE") {
      process.env.AWS_PROFILE = profile;
      process.env.AWS_CONFIG_FILE = JSON.parse(files)[0];
    }
    // The endpoint has no SSO: the request alone is enough.
    await failureOf(callsWith(way === "AWS_PROFILE" ? ofEnvironment : { ...others, "aws:profile": profile }));
    expect(passed()).toEqual(["portal.sso.us-east-1.amazonaws.com:443"]);
  },
);
