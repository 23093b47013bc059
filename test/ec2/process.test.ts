import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { AuthorizeSecurityGroupEgressCommand } from "@aws-sdk/client-ec2";
import { endpoint } from "../world";
import { startEndpoint } from "./endpoint";
import { pythonPath, startServer } from "./process";
import { ipv4 } from "./rules";

describe("the process", () => {
  test("listens on this machine only, and tells a child where", () => {
    expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(endpoint.env).toEqual({
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
    });
  });

  test("ends with its standard input, so that no killed test run leaves it behind", async () => {
    const server = spawn(pythonPath(), [join(__dirname, "server.py")], { stdio: "pipe" });
    await once(server.stdout, "data");
    server.stdin.end();
    expect(await once(server, "exit")).toEqual([0, null]);
  });

  test("stops when told, also twice", async () => {
    const second = await startEndpoint();
    await second.stop();
    await second.stop();
    await expect(second.calls()).rejects.toThrow("fetch failed");
  });

  test("leaves moto as it is where plain is asked for", async () => {
    const plain = await startEndpoint({ plain: true });
    const { groupIds } = await plain.makeNetwork();
    const backwards = { IpProtocol: "tcp", FromPort: 443, ToPort: 80, ...ipv4("10.0.0.1/8") };
    const command = new AuthorizeSecurityGroupEgressCommand({
      GroupId: groupIds[0],
      IpPermissions: [backwards],
    });
    const answer = await plain.client().send(command);
    await plain.stop();
    expect(answer.SecurityGroupRules).toMatchObject([{ FromPort: 443, ToPort: 80, CidrIpv4: "10.0.0.1/8" }]);
  });

  describe("with a Python", () => {
    const before = process.env.PULUMI_AWS_EGRESS_PYTHON;
    afterEach(() => {
      delete process.env.PULUMI_AWS_EGRESS_PYTHON;
      Object.assign(process.env, before === undefined ? {} : { PULUMI_AWS_EGRESS_PYTHON: before });
    });

    test.each([
      ["that is not there", join(__dirname, "no-python"), /no-python did not start/],
      ["that cannot read the server", process.execPath, /ended with 1\n[\s\S]*SyntaxError/],
    ])("%s, the start fails and says so", async (_, interpreter, message) => {
      process.env.PULUMI_AWS_EGRESS_PYTHON = interpreter;
      await expect(startServer()).rejects.toThrow(message);
    });
  });
});
