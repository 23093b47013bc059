import {
  DescribeManagedPrefixListsCommand,
  EC2Client,
  type EC2ClientConfig,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { askAt } from "./ask";
import { type Control, controlAt } from "./control";
import { makeGroup, makeVpc, type Network } from "./network";
import { useServer } from "./sharedServer";

export { type Bucket, ec2Buckets } from "./buckets";
export type { RecordedCall } from "./calls";
export type { Hidden } from "./control";
export type { Befalling, Calls, Fault } from "./faults";
export type { Hold } from "./hold";
export type { Network } from "./network";

export interface Endpoint extends Control {
  url: string;
  /** For a child process whose AWS SDK is to find the endpoint by itself. */
  env: Record<string, string>;
  /** A client of its own each time; `stop` closes it. */
  client(config?: EC2ClientConfig): EC2Client;
  /** Two groups as EC2 makes them, each with the rule that allows everything, and their VPC, the one of the Region. */
  makeNetwork(): Promise<Network>;
  /** So many groups as EC2 makes them, in the VPC of the Region; any name of a Region will do. */
  makeGroups(count: number, region?: string): Promise<string[]>;
  /** The outbound rules of a group as they are, whatever is hidden and befalls others. */
  rules(groupId: string, region?: string): Promise<SecurityGroupRule[]>;
  /** The prefix lists that there are: the id of each, by its name. */
  prefixLists(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

export interface EndpointOptions {
  /** moto without EC2's strictness; the environment's EC2_ENDPOINT=plain makes it the default. */
  plain?: boolean;
  /** The URL of another emulator, which is one for all worlds; the environment's EC2_ENDPOINT gives the default. */
  emulator?: string;
}

const region = "us-east-1";
const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
// By this key the endpoint knows its own look-ups, which tell what is there whatever befalls the others.
const onlooker = { accessKeyId: "onlooker", secretAccessKey: "testing" };

/** Makes a world: an EC2 of its own, which knows nothing of any other. */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const { EC2_ENDPOINT } = process.env;
  const { plain = EC2_ENDPOINT === "plain" } = options;
  const { emulator = EC2_ENDPOINT?.startsWith("http") ? EC2_ENDPOINT : undefined } = options;
  const server = await useServer();
  const ask = askAt(server.url);
  const url = urlOf(await (await ask("POST", "/worlds", { plain, emulator })).json());
  let isOver = false;
  const clients: EC2Client[] = [];

  function client(config: EC2ClientConfig = {}): EC2Client {
    const made = new EC2Client({ endpoint: url, region, credentials, ...config });
    clients.push(made);
    return made;
  }
  const lookers = new Map<string, EC2Client>();
  function looking(at: string): EC2Client {
    const looker = lookers.get(at) ?? client({ credentials: onlooker, region: at });
    lookers.set(at, looker);
    return looker;
  }
  const own = looking(region);

  // One for each Region, as a rule leads to no group of another VPC.
  const vpcs = new Map<string, Promise<string>>();
  function vpcIn(at: string): Promise<string> {
    const vpc = vpcs.get(at) ?? makeVpc(looking(at));
    vpcs.set(at, vpc);
    return vpc;
  }
  let groups = 0;
  const makeOne = async (at: string) => makeGroup(looking(at), await vpcIn(at), `group-${++groups}`);

  return {
    ...controlAt(url),
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
    },
    client,
    async makeNetwork() {
      const groupIds: Network["groupIds"] = [await makeOne(region), await makeOne(region)];
      return { vpcId: await vpcIn(region), groupIds };
    },
    async makeGroups(count, at = region) {
      return Promise.all(Array.from({ length: count }, () => makeOne(at)));
    },
    async rules(groupId, at = region) {
      const found: SecurityGroupRule[] = [];
      const query = { Filters: [{ Name: "group-id", Values: [groupId] }] };
      for await (const page of paginateDescribeSecurityGroupRules({ client: looking(at) }, query)) {
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
      if (isOver) return;
      isOver = true;
      await ask("DELETE", `/worlds/${new URL(url).port}`);
      await server.stop();
    },
  };
}

function urlOf(made: unknown): string {
  if (typeof made === "object" && made !== null && "url" in made && typeof made.url === "string") {
    return made.url;
  }
  throw new Error(`Not a world: ${JSON.stringify(made)}`);
}
