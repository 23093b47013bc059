import { type Endpoint, startEndpoint } from "../../ec2/endpoint";
import { runBin } from "../program/bin";

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());

const live = (...args: string[]) => runBin(["explain", "--live", "--json", ...args], { env: endpoint.env });

test("--live answers from the rules in EC2, and names the rule by its id", async () => {
  const [group = ""] = await endpoint.makeGroups(1);
  const [rule] = await endpoint.rules(group);
  const { code, stdout } = await live("--from", group, "--to", "192.0.2.7", "--port", "443");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    answer: "yes",
    from: group,
    by: [{ text: "all traffic to 0.0.0.0/0", resource: rule?.SecurityGroupRuleId }],
  });
  expect(
    JSON.parse((await live("--from", group, "--to", "2001:db8::7", "--port", "443")).stdout),
  ).toMatchObject({
    answer: "no",
  });
});

test("--live reports a group that does not exist", async () => {
  const { code, stderr } = await live("--from", "sg-0123456789abcdef0", "--to", "192.0.2.7", "--port", "443");
  expect(code).toBe(2);
  expect(stderr).toContain('there is no group "sg-0123456789abcdef0" in us-east-1');
});
