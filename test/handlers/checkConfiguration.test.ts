import { CONFIGURATION_KEYS } from "../../provider/ec2/settings/configurationKeys";
import { check, failuresOf, REGION, WEB } from "./checking";
import { handlerOf, type StackConfig } from "./handler";

describe("an invalid configuration", () => {
  const SECRET = "wJalrXUtnFEMI";

  test.each<[string, StackConfig, string, string]>([
    ["aws:region", { "aws:region": "us-east" }, "aws:region", '"us-east" is not an AWS Region'],
    [
      "aws:endpoints, not JSON",
      { "aws:endpoints": `https://user:${SECRET}@ec2` },
      "aws:endpoints",
      "is not JSON: set it with `pulumi config set --path`",
    ],
    [
      "aws:endpoints, not records",
      { "aws:endpoints": `["${SECRET}"]` },
      "aws:endpoints",
      'write it like [{"ec2": "https://…"}]',
    ],
    [
      "aws:endpoints, not a URL",
      { "aws:endpoints": `[{"ec2": "user:${SECRET}@:x"}]` },
      "aws:endpoints.ec2",
      "is not a URL: write it like https://ec2.example.com",
    ],
    [
      "aws:endpoints, no scheme",
      { "aws:endpoints": '{"ec2": "localhost:4566"}' },
      "aws:endpoints.ec2",
      "is not a URL",
    ],
    ["aws:endpoints, a number", { "aws:endpoints": '{"sts": 1}' }, "aws:endpoints.sts", "is not a URL"],
    ["aws:defaultTags, not JSON", { "aws:defaultTags": "Team" }, "aws:defaultTags", "is not JSON"],
    [
      "aws:defaultTags, not a record",
      { "aws:defaultTags": '["Team"]' },
      "aws:defaultTags",
      "is not of the form",
    ],
    [
      "aws:defaultTags, not text",
      { "aws:defaultTags": '{"tags": {"Cost": [1]}}' },
      'aws:defaultTags.tags["Cost"]',
      "[1] is not a string: put it in quotes",
    ],
    [
      "aws:defaultTags, AWS's own",
      { "aws:defaultTags": '{"tags": {"aws:x": "1"}}' },
      'aws:defaultTags.tags["aws:x"]',
      "are reserved for AWS",
    ],
    [
      "aws:maxRetries",
      { "aws:maxRetries": "many" },
      "aws:maxRetries",
      '"many" is not a number of retries, 0 or more',
    ],
    [
      "aws:maxRetries, below 0",
      { "aws:maxRetries": "-1" },
      "aws:maxRetries",
      '"-1" is not a number of retries',
    ],
    [
      "aws:assumeRoles, not JSON",
      { "aws:assumeRoles": `{externalId: ${SECRET}` },
      "aws:assumeRoles",
      "is not JSON",
    ],
    [
      "aws:assumeRoles, not a list",
      { "aws:assumeRoles": `{"externalId": "${SECRET}"}` },
      "aws:assumeRoles",
      'is not a list of roles: write it like [{"roleArn": "arn:…"}]',
    ],
    [
      "aws:assumeRoles, without a role",
      { "aws:assumeRoles": `[{"roleArn": "arn:aws:iam::1:role/a"}, {"externalId": "${SECRET}"}]` },
      "aws:assumeRoles[1].roleArn",
      "is missing",
    ],
    [
      "aws:assumeRoles, an invalid duration",
      { "aws:assumeRoles": '[{"roleArn": "arn:aws:iam::1:role/a", "duration": "an hour"}]' },
      "aws:assumeRoles[0].duration",
      '"an hour" is not a duration: write it like 1h30m',
    ],
    ["aws:accessKey alone", { "aws:accessKey": SECRET }, "aws:secretKey", "is required with aws:accessKey"],
    ["aws:secretKey alone", { "aws:secretKey": SECRET }, "aws:accessKey", "is required with aws:secretKey"],
    [
      "aws:assumeRoleWithWebIdentity, not a record",
      { "aws:assumeRoleWithWebIdentity": `["${SECRET}"]` },
      "aws:assumeRoleWithWebIdentity",
      "is not a record",
    ],
    [
      "aws:assumeRoleWithWebIdentity, without a role",
      { "aws:assumeRoleWithWebIdentity": `{"webIdentityToken": "${SECRET}"}` },
      "aws:assumeRoleWithWebIdentity.roleArn",
      "is missing",
    ],
    [
      "aws:assumeRoleWithWebIdentity, without a token",
      { "aws:assumeRoleWithWebIdentity": '{"roleArn": "arn:aws:iam::1:role/a"}' },
      "aws:assumeRoleWithWebIdentity",
      "has no token: specify webIdentityTokenFile or webIdentityToken",
    ],
    [
      "aws:assumeRoleWithWebIdentity, a missing token file",
      {
        "aws:assumeRoleWithWebIdentity": `{"roleArn": "arn:aws:iam::1:role/a", "webIdentityTokenFile": "${SECRET}"}`,
      },
      "aws:assumeRoleWithWebIdentity.webIdentityTokenFile",
      "names a file that does not exist: specify the path of a file with the token",
    ],
    [
      "aws:sharedConfigFiles, not a list",
      { "aws:sharedConfigFiles": '"~/.aws/config"' },
      "aws:sharedConfigFiles",
      '"~/.aws/config" is not a list of strings',
    ],
    [
      "aws:sharedCredentialsFiles, several",
      { "aws:sharedCredentialsFiles": '["a", "b"]' },
      "aws:sharedCredentialsFiles",
      'has "a" and 1 more: only one is supported',
    ],
    [
      "aws:httpsProxy, not a URL",
      { "aws:httpsProxy": `http://shop:${SECRET}@:x` },
      "aws:httpsProxy",
      "is not the URL of an HTTP proxy: write it like http://proxy.example.com:3128",
    ],
    [
      "aws:httpProxy, SOCKS",
      { "aws:httpProxy": `socks5://shop:${SECRET}@proxy:1080` },
      "aws:httpProxy",
      "is not the URL of an HTTP proxy",
    ],
    [
      "aws:customCaBundle, a missing file",
      { "aws:customCaBundle": "/no/bundle.pem" },
      "aws:customCaBundle",
      '"/no/bundle.pem" cannot be read (ENOENT): specify the path of a file of certificates as PEM',
    ],
    [
      "aws:customCaBundle, no certificate",
      { "aws:customCaBundle": __filename },
      "aws:customCaBundle",
      "contains no certificate",
    ],
    ["aws:insecure", { "aws:insecure": "yes" }, "aws:insecure", 'must be true or false; got "yes"'],
    [
      "aws:useFipsEndpoint, with a custom endpoint",
      { "aws:useFipsEndpoint": "true", "aws:endpoints": '{"ec2": "https://ec2.example.com"}' },
      "aws:useFipsEndpoint",
      "cannot be combined with a custom endpoint",
    ],
    ["aws:stsRegion", { "aws:stsRegion": "us-east" }, "aws:stsRegion", '"us-east" is not an AWS Region'],
    [
      "aws:retryMode",
      { "aws:retryMode": "legacy" },
      "aws:retryMode",
      '"legacy" is not "standard" or "adaptive"',
    ],
    [
      "aws:ignoreTags, not a record",
      { "aws:ignoreTags": '["Cost"]' },
      "aws:ignoreTags",
      'is not of the form {"keys": […], "keyPrefixes": […]}',
    ],
    [
      "aws:ignoreTags, not a list",
      { "aws:ignoreTags": '{"keys": "Cost"}' },
      "aws:ignoreTags.keys",
      '"Cost" is not a list of strings',
    ],
    ...Object.entries(CONFIGURATION_KEYS.refused).map(
      ([key, reason]): [string, StackConfig, string, string] => [
        `aws:${key}`,
        { [`aws:${key}`]: "1" },
        `aws:${key}`,
        reason,
      ],
    ),
    [
      "aws-egress:preflight",
      { "aws-egress:preflight": "yes" },
      "aws-egress:preflight",
      'must be true or false; got "yes"',
    ],
  ])("%s: the failure names the key and prints no credential", async (_, config, property, reason) => {
    const { failures } = await check(WEB, { ...REGION, ...config });
    expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
    expect(JSON.stringify(failures)).not.toContain(SECRET);
  });

  test("fails with all errors at once, and nothing about the rule", async () => {
    const told = await failuresOf(
      { ...WEB, fromPort: 70000 },
      { "aws:region": "us", "aws:maxRetries": "x", "aws:endpoints": "x" },
    );
    expect(Object.keys(told).sort()).toEqual(["aws:endpoints", "aws:maxRetries", "aws:region"]);
  });

  test("fails the other verbs with the same text", async () => {
    const handler = handlerOf({ ...REGION, "aws:maxRetries": "many" });
    const reason = 'reading the stack\'s configuration: aws:maxRetries "many" is not a number of retries';
    const id = "sgr-0123456789abcdef0";
    await expect(handler.create(WEB)).rejects.toThrow(reason);
    await expect(handler.read(id, { region: "us-east-1" })).rejects.toThrow(reason);
    await expect(handler.update(id, WEB, WEB)).rejects.toThrow(reason);
    await expect(handler.delete(id, WEB)).rejects.toThrow(reason);
  });
});
