import type { EC2Client } from "@aws-sdk/client-ec2";
import type { IgnoredTags } from "../rule/ignoredTags";
import type { Account, Caller } from "./client/account";

/** Where calls go, and which tags are not read there. */
export interface Target {
  readonly client: EC2Client;
  readonly region: string;
  readonly ignoredTags: IgnoredTags;
  /** Whose credentials they are made with. */
  readonly caller: () => Promise<Caller>;
  /** The account in which state knows what they are about. */
  readonly home?: Account;
}
