import {
  type SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
} from "@aws-sdk/client-ec2";
import { MODIFY } from "../actions";
import { known } from "../known";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { declare } from "./declare";
import { change, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { destination, KINDS, type Kind, modify, otherDestination, removeTag, setTag } from "./place";
import { makeNew, replace, replacement } from "./replace";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

/** The destination as Modify takes it: every change must repeat it. */
function requested(args: Props): SecurityGroupRuleRequest {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = args;
  const entries = Object.entries({
    CidrIpv4: cidrIpv4,
    CidrIpv6: cidrIpv6,
    PrefixListId: prefixListId,
    ReferencedGroupId: referencedSecurityGroupId,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

interface Drift {
  readonly name: string;
  /** What someone does to the rule. */
  readonly happens: (id: string, kind: Kind) => Promise<void>;
  /** The changes that a refresh finds. */
  readonly found: (kind: Kind) => Props;
  /** How `up` then repairs it. */
  readonly mends: readonly string[];
}

const TCP_443 = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, Description: "declared" };

async function describeAgain(id: string, Description?: string): Promise<void> {
  const text = Description === undefined ? {} : { Description };
  await place.ec2.send(
    new UpdateSecurityGroupRuleDescriptionsEgressCommand({
      GroupId: place.group,
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: id, ...text }],
    }),
  );
}

const DRIFTS: readonly Drift[] = [
  {
    name: "the description",
    happens: (id) => describeAgain(id, "by hand"),
    found: () => ({ description: "by hand" }),
    mends: [MODIFY],
  },
  {
    name: "the description, removed",
    happens: (id) => describeAgain(id),
    found: () => ({ description: undefined }),
    mends: [MODIFY],
  },
  {
    name: "a tag, added",
    happens: (id) => setTag(place, id, "By", "hand"),
    found: () => {
      const tags = { By: "hand", Stage: "test", Team: "web" };
      return { tags, tagsAll: tags };
    },
    mends: ["DeleteTags"],
  },
  {
    name: "a tag, changed",
    happens: (id) => setTag(place, id, "Team", "ops"),
    found: () => {
      const tags = { Stage: "test", Team: "ops" };
      return { tags, tagsAll: tags };
    },
    mends: ["CreateTags"],
  },
  {
    name: "a tag, removed",
    happens: (id) => removeTag(place, id, "Team"),
    found: () => ({ tags: { Stage: "test" }, tagsAll: { Stage: "test" } }),
    mends: ["CreateTags"],
  },
];

interface Other {
  readonly name: string;
  /** The new rule, apart from its destination. */
  readonly request: SecurityGroupRuleRequest;
  readonly found: Props;
  readonly replaces: readonly string[];
}

const OTHERS: readonly Other[] = [
  {
    name: "ports",
    request: { FromPort: 1, ToPort: 2 },
    found: { fromPort: 1, toPort: 2 },
    replaces: ["fromPort", "toPort"],
  },
  {
    name: "the protocol",
    request: { IpProtocol: "udp" },
    found: { ipProtocol: "udp" },
    replaces: ["ipProtocol"],
  },
];

describe.each(KINDS)("a rule to %s", (kind) => {
  describe.each(DRIFTS)("shows drift: $name", ({ name, happens, found, mends }) => {
    const isMotos = kind === "IPv4" && !name.startsWith("the description");

    (isMotos ? test : strictly)("is read as it is now, and put right by the next `up`", async () => {
      const args = declare(kind);
      const made = await make(handler, args);
      const [held] = await place.rules();
      await happens(made.id, kind);

      const read = known(await refresh(handler, made));
      const changed = Object.entries({ ...made.outs, ...found(kind) }).filter(
        ([, part]) => part !== undefined,
      );
      expect(read.outs).toEqual(Object.fromEntries(changed));
      const { securityGroupRuleId: _, arn: __, claim: ___, ...inputs } = read.outs;
      expect(read.inputs).toEqual(inputs);

      const { result, actions } = await recorded(endpoint, () => change(handler, read, args));
      expect(actions).toEqual(mends);
      expect(result.outs).toEqual(made.outs);
      expect(await place.rules()).toEqual([held]);
    });
  });

  describe.each(OTHERS)("shows that it became another: $name", ({ request, found, replaces }) => {
    (kind === "IPv4" ? test : strictly)("is read as it is now, and replaced by the next `up`", async () => {
      const args = declare(kind);
      const made = await make(handlerAt(endpoint), args);
      await modify(place, made.id, { ...TCP_443, ...requested(destination(kind, place)), ...request });

      const run = handlerAt(endpoint);
      const read = known(await refresh(run, made));
      expect(read.outs).toMatchObject(found);
      expect(read.inputs).toMatchObject(found);

      const next = await replacement(run, read, args);
      expect(next.replaces).toEqual(replaces);
      const after = await makeNew(run, next);
      await run.delete(read.id, read.outs);
      const [rule, ...others] = await place.rules();
      expect(others).toEqual([]);
      expect(rule).toMatchObject({ securityGroupRuleId: after.id, ...destination(kind, place) });
      expect(rule).toMatchObject({ ipProtocol: "tcp", fromPort: 443, toPort: 443 });
      expect(await refresh(run, after)).toEqual(after);
    });
  });

  (kind === "IPv4" ? test : strictly)("that leads elsewhere now is replaced by the next `up`", async () => {
    const made = await make(handlerAt(endpoint), declare(kind));
    const other = otherDestination(kind, place);
    await modify(place, made.id, { ...TCP_443, ...requested(other) });
    const run = handlerAt(endpoint);
    const read = known(await refresh(run, made));
    expect(read.outs).toMatchObject(other);
    expect(read.inputs).toMatchObject(other);
    // Both groups now belong to the rule's own account.
    expect(read.outs).not.toHaveProperty("referencedSecurityGroupOwnerId");
    const after = await replace(run, read, declare(kind));
    expect(await place.rules()).toMatchObject([
      { securityGroupRuleId: after.id, ...destination(kind, place) },
    ]);
    expect(await refresh(run, after)).toEqual(after);
  });
});
