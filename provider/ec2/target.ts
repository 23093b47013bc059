import type { EC2Client } from "@aws-sdk/client-ec2";

/** Where calls go. */
export interface Target {
  readonly client: EC2Client;
  readonly region: string;
}
