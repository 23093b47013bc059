import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { MODIFY } from "../actions";
import { makeGroup, makeVpc } from "../ec2/network";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { change, errorOf, handlerAt, make, type Props, recorded } from "./handler";
import { clear, makePlace, type Place, STACK } from "./place";
import { replace } from "./replace";
import { lines, many, set, setsAt, to } from "./ruleSet/sets";

// For some calls, EC2 may not know a group created in the same run.

let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(async () => {
  said.mockRestore();
  await endpoint.hide();
  await endpoint.quota();
});

/** A group that EC2 does not find for this many calls. */
async function newGroup(calls: number): Promise<string> {
  await endpoint.hide({ groups: calls });
  const [group = ""] = await endpoint.makeGroups(1);
  return group;
}

const web = (more: Props): Props => ({
  securityGroupId: place.group,
  ...to(443, "10.0.0.0/16"),
  owner: STACK,
  ...more,
});
const toGroup = (referencedSecurityGroupId: string): Props => ({
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  referencedSecurityGroupId,
});
const waiting = (group: string) => [
  [`The security group '${group}' does not exist: waiting up to 2 minutes for it to appear`],
];

strictly(
  "a rule whose destination changes to a new group waits for it, and the old rule goes afterwards",
  async () => {
    const before = await make(handlerAt(endpoint), web({}));
    const group = await newGroup(1);
    const { result: after, actions } = await recorded(endpoint, () =>
      replace(handlerAt(endpoint), before, web({ cidrIpv4: null, referencedSecurityGroupId: group })),
    );
    expect(actions.at(-1)).toBe("RevokeSecurityGroupEgress");
    expect(after.id).not.toBe(before.id);
    expect(await lines(place)).toEqual([`443 ${group} by ${STACK}`]);
    expect(said.mock.calls).toEqual(waiting(group));
  },
);

describe("a set that changes one destination to a new group", () => {
  strictly("waits for it, creates the others, and then revokes the old ones", async () => {
    const before = await make(setsAt(endpoint), set(place, [to(80, "10.0.0.0/16"), to(443, "10.0.0.0/16")]));
    const group = await newGroup(3);
    const after = [to(80, "10.0.0.0/16"), to(444, "10.0.0.0/16"), toGroup(group)];
    const { outs } = await change(setsAt(endpoint), before, set(place, after));
    expect(await lines(place)).toEqual([
      `443 ${group} by ${STACK}`,
      `444 10.0.0.0/16 by ${STACK}`,
      `80 10.0.0.0/16 by ${STACK}`,
    ]);
    expect(Object.keys(Object(outs.ruleIds))).toHaveLength(3);
    expect(said.mock.calls).toEqual(waiting(group));
  });

  strictly("waits for it in a full group too, and one rule becomes the other", async () => {
    await endpoint.quota(3);
    const config = { "aws-egress:rulesPerGroup": "3" };
    const old = [...many(2), toGroup(place.other)];
    const before = await make(setsAt(endpoint, config), set(place, old));
    const group = await newGroup(1);
    const { result, actions } = await recorded(endpoint, () =>
      change(setsAt(endpoint, config), before, set(place, [...many(2), toGroup(group)])),
    );
    expect(actions.filter((action) => action === MODIFY)).toHaveLength(2);
    expect(await lines(place)).toContain(`443 ${group} by ${STACK}`);
    expect(Object.values(Object(result.outs.ruleIds)).sort()).toEqual(
      Object.values(Object(before.outs.ruleIds)).sort(),
    );
    expect(said.mock.calls).toEqual(waiting(group));
  });
});

strictly.each<[string, () => ReturnType<typeof handlerAt>, (rule: Props) => Props]>([
  ["a set", () => setsAt(endpoint), (rule) => set(place, [rule])],
  ["a single rule", () => handlerAt(endpoint), web],
])("a group of %s that is gone needs no wait", async (_, handler, args) => {
  const before = await make(handler(), args(to(443, "10.0.0.0/16")));
  await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.group }));
  const run = handler();
  const news = args(to(444, "10.0.0.0/16"));
  const error = await errorOf("rules" in news ? change(run, before, news) : replace(run, before, news));
  expect(error.message).toContain(`The security group '${place.group}' does not exist`);
  // The wait is reported.
  expect(said).not.toHaveBeenCalled();
});

strictly("a set with a rule to another network creates the others without waiting", async () => {
  const { ec2, group } = place;
  const elsewhere = await makeGroup(ec2, await makeVpc(ec2), "elsewhere");
  const inputs = set(place, [toGroup(elsewhere), to(80, "10.0.0.0/8"), to(443, "10.0.0.0/8")]);
  const error = await errorOf(make(setsAt(endpoint), inputs));
  expect(error.message).toContain(`authorizing tcp 443 to ${elsewhere} on ${group}`);
  expect(error.message).toContain("is in another VPC, and no peering connection joins the two");
  expect(said.mock.calls).toEqual([]);
  expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`, `80 10.0.0.0/8 by ${STACK}`]);
});
