import {
  AuthorizeSecurityGroupEgressCommand,
  DeleteSecurityGroupCommand,
  type EC2Client,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import type { SetRuleArgs } from "../../index";

/** A person's change during a run, on a group in its own Region. Ports name the rules. */
export interface Meeting {
  readonly kind: Kind;
  readonly what: string;
  /** The call that is held before its effect while the person works. */
  readonly action: string;
  readonly before: readonly SetRuleArgs[];
  readonly after: readonly SetRuleArgs[];
  readonly byHand: readonly ByHand[];
  /** The run's error; omitted if it succeeds. */
  readonly says?: RegExp | undefined;
  /** The rules after the run, and after a refresh and an `up` that may adopt. */
  readonly left: readonly number[];
  readonly converged: readonly number[];
}

type Kind = "rules" | "set" | "exclusive set";

type ByHand = (place: Place) => Promise<unknown>;

interface Place {
  readonly ec2: EC2Client;
  readonly group: string;
  readonly idOf: (port: number) => Promise<string>;
}

const tcp = (port: number, description?: string): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4: "10.0.0.0/16",
  ...(description !== undefined && { description }),
});

const adds =
  (port: number): ByHand =>
  ({ ec2, group }) => {
    const IpRanges = [{ CidrIp: "10.0.0.0/16", Description: "by hand" }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges }];
    return ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: group, IpPermissions }));
  };

const revokes =
  (port: number): ByHand =>
  async ({ ec2, group, idOf }) => {
    const SecurityGroupRuleIds = [await idOf(port)];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, SecurityGroupRuleIds }));
  };

const deletesGroup: ByHand = ({ ec2, group }) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));

const [AUTHORIZE, MODIFY, REVOKE] = [
  "AuthorizeSecurityGroupEgress",
  "ModifySecurityGroupRules",
  "RevokeSecurityGroupEgress",
];

/** The same for single rules and for a set. */
const ofBoth = (one: Omit<Meeting, "kind">): Meeting[] => [
  { ...one, kind: "rules" },
  { ...one, kind: "set" },
];

export const MEETINGS: readonly Meeting[] = [
  ...ofBoth({
    what: "revokes what the run is about to revoke, and adds another",
    action: REVOKE,
    before: [tcp(80), tcp(443)],
    after: [tcp(80)],
    byHand: [revokes(443), adds(22)],
    left: [22, 80],
    converged: [22, 80],
  }),
  ...ofBoth({
    what: "adds what the run is about to authorize",
    action: AUTHORIZE,
    before: [tcp(80)],
    after: [tcp(80), tcp(443), tcp(444)],
    byHand: [adds(443)],
    says: /sgr-\w+: description "by hand", tags none, claimed by no stack.\nTo adopt it, set adopt: true/,
    left: [80, 443, 444],
    converged: [80, 443, 444],
  }),
  ...ofBoth({
    what: "revokes what the run is about to replace, and adds another",
    action: REVOKE,
    before: [tcp(80)],
    after: [tcp(81)],
    byHand: [revokes(80), adds(22)],
    left: [22, 81],
    converged: [22, 81],
  }),
  ...ofBoth({
    what: "revokes what the run is about to describe, and adds another",
    action: MODIFY,
    before: [tcp(80)],
    after: [tcp(80, "updates")],
    byHand: [revokes(80), adds(22)],
    says: /removed outside Pulumi: run `pulumi refresh`, then `pulumi up`/,
    left: [22],
    converged: [22, 80],
  }),
  {
    kind: "exclusive set",
    what: "adds another since the set's look-up, and the next update revokes it",
    action: AUTHORIZE,
    before: [tcp(80)],
    after: [tcp(80), tcp(443)],
    byHand: [adds(22)],
    left: [22, 80, 443],
    converged: [80, 443],
  },
  ...ofBoth({
    what: "deletes the group that the run is about to change",
    action: MODIFY,
    before: [tcp(80)],
    after: [tcp(80, "updates")],
    byHand: [deletesGroup],
    says: /Invalid(Group|SecurityGroupRuleId)\.NotFound.*\n(The rule was removed|Check the group's id)/,
    left: [],
    converged: [],
  }),
  ...ofBoth({
    what: "deletes the group that the run is about to leave",
    action: REVOKE,
    before: [tcp(80)],
    after: [],
    byHand: [deletesGroup],
    left: [],
    converged: [],
  }),
];
