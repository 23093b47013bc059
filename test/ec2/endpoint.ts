import { spawn } from "node:child_process";
import { join } from "node:path";
import {
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeManagedPrefixListsCommand,
  EC2Client,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";

/** One EC2 call as it arrived: the flat form parameters, and the HTTP status of the answer (0 until there is one). */
export interface RecordedCall {
  action: string;
  params: Record<string, string>;
  status: number;
}

export interface Network {
  vpcId: string;
  groupIds: [string, string];
}

export interface Endpoint {
  url: string;
  /** For a child process whose AWS SDK is to find the endpoint by itself. */
  env: Record<string, string>;
  /** A client of its own each time; `stop` closes it. */
  client(): EC2Client;
  /** In the order of arrival, since the start or the last `reset`. */
  calls(): Promise<RecordedCall[]>;
  /** How many calls of each action `calls` holds. */
  count(): Promise<Record<string, number>>;
  /** Forgets the calls, not the groups and rules. */
  reset(): Promise<void>;
  /** Refuses these actions as EC2 refuses a caller without the right; an empty list ends it. */
  deny(actions: string[]): Promise<void>;
  /** A VPC and two groups as EC2 makes them, each with the rule that allows everything. */
  makeNetwork(): Promise<Network>;
  /** The outbound rules of a group. */
  rules(groupId: string): Promise<SecurityGroupRule[]>;
  /** The prefix lists that there are: the id of each, by its name. */
  prefixLists(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

export interface EndpointOptions {
  /** moto without EC2's strictness; the environment's EC2_ENDPOINT=plain makes it the default. */
  plain?: boolean;
}

const region = "us-east-1";
const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
const root = join(__dirname, "..", "..");
const venvPython = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];

export function pythonPath(): string {
  return process.env.PULUMI_AWS_EGRESS_PYTHON || join(root, ".venv", ...venvPython);
}

export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const plain = options.plain ?? process.env.EC2_ENDPOINT === "plain";
  const server = await startServer(plain ? ["--plain"] : []);
  const { url } = server;
  const clients: EC2Client[] = [];

  function client(): EC2Client {
    const made = new EC2Client({ endpoint: url, region, credentials });
    clients.push(made);
    return made;
  }
  const own = client();
  let networks = 0;

  async function makeGroup(vpcId: string, name: string): Promise<string> {
    const made = await own.send(
      new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }),
    );
    return present(made.GroupId);
  }

  async function calls(): Promise<RecordedCall[]> {
    return parseCalls(await (await administer(url, "GET", "/_calls")).json());
  }

  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
    },
    client,
    calls,
    async count() {
      const counts: Record<string, number> = {};
      for (const { action } of await calls()) {
        counts[action] = (counts[action] ?? 0) + 1;
      }
      return counts;
    },
    async reset() {
      await administer(url, "DELETE", "/_calls");
    },
    async deny(actions) {
      await administer(url, "PUT", "/_deny", actions);
    },
    async makeNetwork() {
      networks += 1;
      const vpc = await own.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
      const vpcId = present(vpc.Vpc?.VpcId);
      const first = await makeGroup(vpcId, `network-${networks}-first`);
      return { vpcId, groupIds: [first, await makeGroup(vpcId, `network-${networks}-second`)] };
    },
    async rules(groupId) {
      const found: SecurityGroupRule[] = [];
      const query = { Filters: [{ Name: "group-id", Values: [groupId] }] };
      for await (const page of paginateDescribeSecurityGroupRules({ client: own }, query)) {
        found.push(...(page.SecurityGroupRules ?? []).filter((rule) => rule.IsEgress));
      }
      return found;
    },
    async prefixLists() {
      const { PrefixLists = [] } = await own.send(new DescribeManagedPrefixListsCommand());
      return Object.fromEntries(
        PrefixLists.map(({ PrefixListName = "", PrefixListId = "" }) => [PrefixListName, PrefixListId]),
      );
    },
    async stop() {
      for (const made of clients) {
        made.destroy();
      }
      await server.stop();
    },
  };
}

async function startServer(args: string[]): Promise<{ url: string; stop(): Promise<void> }> {
  const python = pythonPath();
  // The server ends where its standard input ends, so that it cannot outlive this process, however that ends.
  const child = spawn(python, [join(__dirname, "server.py"), ...args], { stdio: "pipe" });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const listening = /^listening on (\S+)\r?\n/m.exec(out)?.[1];
      if (listening !== undefined) {
        resolve(listening);
      }
    });
    child.once("error", (cause) => reject(new Error(`No EC2 endpoint: ${python} did not start`, { cause })));
    child.once("close", (code) =>
      reject(new Error(`No EC2 endpoint: ${python} ended with ${code}\n${errors}`)),
    );
  });
  // What it still says is the trace of an answer 500, which the caller would otherwise never see.
  child.stderr.pipe(process.stderr);
  return {
    url,
    async stop() {
      child.kill();
      await exited;
    },
  };
}

async function administer(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  const answer = await fetch(
    url + path,
    body === undefined ? { method } : { method, body: JSON.stringify(body) },
  );
  if (!answer.ok) {
    throw new Error(`${method} ${path} answered ${answer.status}`);
  }
  return answer;
}

function present(id: string | undefined): string {
  if (id === undefined) {
    throw new Error("The EC2 endpoint answered without an id");
  }
  return id;
}

function parseCalls(value: unknown): RecordedCall[] {
  if (!Array.isArray(value)) {
    throw new Error("The EC2 endpoint's calls are no list");
  }
  return value.map(parseCall);
}

function parseCall(value: unknown): RecordedCall {
  if (isRecord(value) && typeof value.action === "string" && typeof value.status === "number") {
    const { action, params, status } = value;
    if (isRecord(params)) {
      const texts = Object.entries(params).map(([key, text]): [string, string] => [key, String(text)]);
      return { action, params: Object.fromEntries(texts), status };
    }
  }
  throw new Error(`Not an EC2 call: ${JSON.stringify(value)}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
