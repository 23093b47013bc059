import type { EC2Client } from "@aws-sdk/client-ec2";
import type { IgnoredTags } from "../rule/ignoredTags";
import type { Account, Caller } from "./client/account";

/** Where calls go, and which tags to ignore there. */
export interface Target {
  readonly client: EC2Client;
  readonly region: string;
  readonly ignoredTags: IgnoredTags;
  /** The owner of the credentials. */
  readonly caller: () => Promise<Caller>;
  /** The account of the resources, as state knows it. */
  readonly home?: Account;
}
