import { check, failuresOf, REGION, WEB } from "./checking";
import { handlerOf, type StackConfig } from "./handler";

describe("a bad configuration", () => {
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
      "aws:endpoints, no records",
      { "aws:endpoints": `["${SECRET}"]` },
      "aws:endpoints",
      'write it like [{"ec2": "https://…"}]',
    ],
    [
      "aws:endpoints, no URL",
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
      "aws:defaultTags, no record",
      { "aws:defaultTags": '["Team"]' },
      "aws:defaultTags",
      "is not of the form",
    ],
    [
      "aws:defaultTags, no text",
      { "aws:defaultTags": '{"tags": {"Cost": [1]}}' },
      'aws:defaultTags.tags["Cost"]',
      "[1] is not text: put it in quotes",
    ],
    [
      "aws:defaultTags, AWS's own",
      { "aws:defaultTags": '{"tags": {"aws:x": "1"}}' },
      'aws:defaultTags.tags["aws:x"]',
      "belong to AWS",
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
      "aws:assumeRoles, no list",
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
    ["aws:accessKey alone", { "aws:accessKey": SECRET }, "aws:secretKey", "is missing beside aws:accessKey"],
    ["aws:secretKey alone", { "aws:secretKey": SECRET }, "aws:accessKey", "is missing beside aws:secretKey"],
    [
      "aws-egress:preflight",
      { "aws-egress:preflight": "yes" },
      "aws-egress:preflight",
      '"yes" is neither true nor false',
    ],
  ])("%s: the failure names the key, and prints no credential", async (_, config, property, reason) => {
    const { failures } = await check(WEB, { ...REGION, ...config });
    expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
    expect(JSON.stringify(failures)).not.toContain(SECRET);
  });

  test("is told all at once, and before anything about the rule", async () => {
    const told = await failuresOf(
      { ...WEB, fromPort: 70000 },
      { "aws:region": "us", "aws:maxRetries": "x", "aws:endpoints": "x" },
    );
    expect(Object.keys(told).sort()).toEqual(["aws:endpoints", "aws:maxRetries", "aws:region"]);
  });

  test("fails the other verbs with the same words", async () => {
    const handler = handlerOf({ ...REGION, "aws:maxRetries": "many" });
    const reason = 'reading the stack\'s configuration: aws:maxRetries "many" is not a number of retries';
    const id = "sgr-0123456789abcdef0";
    await expect(handler.create(WEB)).rejects.toThrow(reason);
    await expect(handler.read(id, { region: "us-east-1" })).rejects.toThrow(reason);
    await expect(handler.update(id, WEB, WEB)).rejects.toThrow(reason);
    await expect(handler.delete(id, WEB)).rejects.toThrow(reason);
  });
});
