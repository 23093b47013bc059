import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { TIME_LIMITS } from "../../provider/ec2/timeLimits";
import { ROOT } from "../setup";
import { failureOf, handlerAt, PROVIDER_LINE } from "./handler";
import { setsAt } from "./ruleSet/sets";

const exec = promisify(execFile);

// Small limits: the shipped ones take minutes.
jest.mock("../../provider/ec2/timeLimits", () => ({
  TIME_LIMITS: { connection: 300, answer: 300, retries: 1_500, preview: 300 },
}));

const ID = "sgr-0123456789abcdef0";

let server: Server;
/** The fate of a call after its arrival. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let arrived: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    arrived++;
    answer(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
beforeEach(() => {
  arrived = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function urlOf(of: Server): string {
  const { port }: Partial<AddressInfo> = Object(of.address());
  return `http://127.0.0.1:${port}`;
}

/** The message of a read with this many retries. */
function told(retries: number, url = urlOf(server)): Promise<string> {
  const handler = handlerAt({ url }, { "aws:maxRetries": String(retries) });
  return failureOf(handler.read(ID, { __provider: PROVIDER_LINE }));
}

const CHECK =
  "(aws:maxRetries): check the network, the Region's name and, if set, aws:endpoints, AWS_ENDPOINT_URL or the proxy (aws:httpsProxy, else HTTPS_PROXY); then run the same command again.";

test("a call without an answer ends, and its error gives the number of tries and what to check", async () => {
  answer = () => {};
  const lines = (await told(1)).split("\n");
  expect(lines[0]).toMatch(new RegExp(`^reading rule ${ID} \\(us-east-1\\): TimeoutError: `));
  expect(lines[1]).toBe(`EC2 did not respond at each of 2 attempts ${CHECK}`);
  expect(arrived).toBe(2);
});

test("an answer that stops midway ends too", async () => {
  answer = (_, response) => {
    response.writeHead(200, { "content-type": "text/xml" }).write("<DescribeSecurityGroupRulesResponse>");
  };
  expect(await told(0)).toContain(`EC2 did not respond at the only attempt ${CHECK}`);
});

test("retries end after a while, however many are left", async () => {
  answer = () => {};
  const [, tries] = /EC2 did not respond at each of (\d+) attempts/.exec(await told(1_000)) ?? [];
  expect(Number(tries)).toBe(arrived);
  expect(arrived).toBeLessThanOrEqual(TIME_LIMITS.retries / TIME_LIMITS.answer + 1);
});

test("a preview does not wait for mere information", async () => {
  answer = () => {};
  const said = jest.spyOn(console, "error").mockImplementation(() => {});
  const sets = setsAt({ url: urlOf(server) });
  const { failures } = await sets.check(
    {},
    { securityGroupId: "sg-0123456789abcdef0", exclusive: true, rules: [] },
  );
  expect(failures ?? []).toEqual([]);
  expect(said.mock.calls.flat()).toEqual([
    "sg-0123456789abcdef0: cannot tell yet which rules the exclusive set revokes: EC2 did not respond within 0.3 seconds",
  ]);
  said.mockRestore();
});

// In a separate process: under Jest, errors from Node.js belong to another realm than the SDK.
test("the error says so if no server listens", async () => {
  const gone = createServer();
  await once(gone.listen(0, "127.0.0.1"), "listening");
  const url = urlOf(gone);
  await once(gone.close(), "close");
  const config = { "aws:region": "us-east-1", "aws:maxRetries": "1", "aws:endpoints": `[{"ec2":"${url}"}]` };
  const program = `
    const { egressRule } = require("pulumi-aws-egress/handlers");
    egressRule.configure({ config: { get: (key) => (${JSON.stringify(config)})[key] } });
    egressRule.read("${ID}", {}).catch((error) => console.log(error.message));
  `;
  const env = { ...process.env, AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
  const { stdout } = await exec(process.execPath, ["-e", program], { cwd: ROOT, env });
  expect(stdout).toContain(`reading rule ${ID} (us-east-1): ECONNREFUSED: connect ECONNREFUSED 127.0.0.1`);
  expect(stdout).toContain(`EC2 did not respond at each of 2 attempts ${CHECK}`);
});
