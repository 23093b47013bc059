import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { AuthorizeSecurityGroupEgressCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { endpoint } from "../world";
import { ipv4, tcp } from "./rules";
import { authorize } from "./send";

let ec2: EC2Client;
let group: string;

beforeAll(async () => {
  ec2 = endpoint.client({ maxAttempts: 1 });
});

beforeEach(async () => {
  [group = ""] = await endpoint.makeGroups(1);
  await endpoint.reset();
});

const action = "AuthorizeSecurityGroupEgress";
const range = (port: number) => tcp(port, ipv4("10.0.0.0/8"));
const authorizePort = (port: number) => authorize(ec2, group, [range(port)]);

async function ports(): Promise<(number | undefined)[]> {
  const rules = await endpoint.rules(group);
  return rules.filter(({ IpProtocol }) => IpProtocol === "tcp").map(({ FromPort }) => FromPort);
}

const program = `
  const { AuthorizeSecurityGroupEgressCommand, EC2Client } = require("@aws-sdk/client-ec2");
  const range = { IpProtocol: "tcp", FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: "10.0.0.0/8" }] };
  const command = new AuthorizeSecurityGroupEgressCommand({ GroupId: process.argv[1], IpPermissions: [range] });
  new EC2Client({}).send(command);
`;

function startProgram(): ChildProcess {
  const env = { ...process.env, ...endpoint.env };
  return spawn(process.execPath, ["-e", program, group], { cwd: __dirname, env, stdio: "inherit" });
}

describe("a call that is held", () => {
  test("has taken effect, and is answered on release", async () => {
    const hold = await endpoint.hold({ action });
    const answer = authorizePort(1);
    expect(await hold.reached()).toMatchObject({ action, status: 0, acted: 1, fault: "hold" });
    expect(await ports()).toEqual([1]);
    await hold.release();
    expect(await answer).toMatchObject([{ FromPort: 1 }]);
    expect(await hold.ended()).toBe("released");
    expect((await endpoint.calls())[0]).toMatchObject({ status: 200 });
  });

  test("before its effect takes it on release", async () => {
    const hold = await endpoint.hold({ action, before: true });
    const answer = authorizePort(1);
    expect(await hold.reached()).not.toHaveProperty("acted");
    expect(await ports()).toEqual([]);
    await hold.release();
    expect(await answer).toMatchObject([{ FromPort: 1 }]);
  });

  test.each<[string, boolean, number[]]>([
    ["has taken effect", false, [1]],
    ["has taken none, nor ever will,", true, []],
  ])("%s when its caller is killed", async (_, before, left) => {
    const hold = await endpoint.hold({ action, before });
    const child = startProgram();
    await hold.reached();
    child.kill("SIGKILL");
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(await hold.ended()).toBe("gone");
    expect(await ports()).toEqual(left);
    expect(await endpoint.calls()).toMatchObject([{ status: 0, fault: "hold" }, { status: 200 }]);
  });

  test("is dropped when its caller gives up", async () => {
    const hold = await endpoint.hold({ action, before: true });
    const stop = new AbortController();
    const command = new AuthorizeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: [range(1)] });
    const answer = ec2.send(command, { abortSignal: stop.signal });
    await hold.reached();
    stop.abort();
    await expect(answer).rejects.toThrow("aborted");
    expect(await hold.ended()).toBe("gone");
    expect(await ports()).toEqual([]);
  });

  test("holds up no other", async () => {
    const hold = await endpoint.hold({ action, before: true });
    const answer = authorizePort(1);
    await hold.reached();
    await authorizePort(2);
    expect(await ports()).toEqual([2]);
    await hold.release();
    await answer;
    expect(await ports()).toEqual([2, 1]);
  });

  test("is the n-th since the hold was asked for, and several can be", async () => {
    await authorizePort(1);
    const second = await endpoint.hold({ action, nth: 2 });
    const third = await endpoint.hold({ action: "*", nth: 3, before: true });
    await authorizePort(2);
    const answers = [authorizePort(3)];
    await second.reached();
    answers.push(authorizePort(4));
    await third.reached();
    expect(await ports()).toEqual([1, 2, 3]);
    await third.release();
    await second.release();
    await Promise.all(answers);
    expect((await endpoint.calls()).filter(({ fault }) => fault).map(({ started }) => started)).toEqual([
      3, 4,
    ]);
  });

  test("meets its fault when it is released", async () => {
    await endpoint.befall([{ action, fault: { kind: "cut" } }]);
    const hold = await endpoint.hold({ action });
    const answer = authorizePort(1).catch((error) => error.message);
    await hold.reached();
    await hold.release();
    expect(await answer).toMatch(/aborted/);
    await endpoint.befall([]);
  });
});

test("a hold that is released before its call comes lets it through", async () => {
  const hold = await endpoint.hold({ action });
  const reached = hold.reached();
  await hold.release();
  await hold.release();
  await expect(reached).rejects.toThrow(`No call reached the hold of ${action}`);
  expect(await hold.ended()).toBe("released");
  await authorizePort(1);
});
