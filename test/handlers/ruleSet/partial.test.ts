import { AUTHORIZE, MODIFY, REVOKE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { make, type Props, type Resource, refresh } from "../handler";
import { authorize, makePlace, OLD_CLAIM, OWNER_TAG, type Place, STACK, tcp } from "../place";
import { type Kept, up } from "./runs";
import { DEFAULT_RULE, lines, many, set, setsAt, to } from "./sets";

let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  said.mockRestore();
  await endpoint.deny([]);
});

const tagged = (port: number, Team?: string, more: Props = {}) =>
  to(port, "10.0.0.0/8", { ...(Team && { tags: { Team } }), ...more });

const refused = {
  kind: "errorBefore",
  code: "UnauthorizedOperation",
  status: 403,
  message: "You are not authorized to perform this operation.",
} as const;

/** With an action that is always refused, and then without. */
async function upWithout(action: string, kept: Kept | undefined, args: Props) {
  await endpoint.befall([{ action, times: 99, fault: refused }]);
  const ran = await up(setsAt(endpoint), kept, args);
  await endpoint.befall([]);
  return ran;
}

const ruleKeys = (resource: Resource | undefined) => Object.keys(Object(resource?.outs.rules));

describe("an update that is refused halfway", () => {
  const olds = () => [
    tagged(1, undefined, { description: "one" }),
    tagged(2, "web"),
    tagged(3),
    { ipProtocol: "tcp", fromPort: 4, toPort: 4, cidrIpv6: "2001:db8::/32" },
  ];
  const news = () => [
    tagged(1, undefined, { description: "first" }),
    tagged(2, "ops", { description: "two" }),
    tagged(5),
    tagged(6, "ops"),
  ];

  test.each<[string, readonly string[]]>([
    [
      AUTHORIZE,
      ["tcp 1 to 10.0.0.0/8", "tcp 2 to 10.0.0.0/8", "tcp 3 to 10.0.0.0/8", "tcp 4 to 2001:db8::/32"],
    ],
    ...[MODIFY, "CreateTags", REVOKE].map((action): [string, string[]] => [
      action,
      [
        "tcp 1 to 10.0.0.0/8",
        "tcp 2 to 10.0.0.0/8",
        "tcp 3 to 10.0.0.0/8",
        "tcp 4 to 2001:db8::/32",
        "tcp 5 to 10.0.0.0/8",
        "tcp 6 to 10.0.0.0/8",
      ],
    ]),
  ])(
    "at %s keeps the existing rules, gives the reason, and is finished by the next",
    async (action, reached) => {
      const made = await make(setsAt(endpoint), set(place, olds()));
      const { kept, error } = await upWithout(action, made, set(place, news()));
      expect(error).toContain(`Allow ec2:${action} to the current credentials.`);
      expect(error).not.toContain("took the rule");
      expect(ruleKeys(kept)).toEqual(reached);
      // It matches EC2: a refresh has nothing to add.
      expect((await refresh(setsAt(endpoint), known(kept)))?.outs).toEqual(kept?.outs);

      const finished = await up(setsAt(endpoint), kept, set(place, news()));
      expect(finished.error).toBeUndefined();
      expect(await lines(place)).toEqual([
        `1 10.0.0.0/8 "first" by ${STACK}`,
        `2 10.0.0.0/8 "two" Team=ops by ${STACK}`,
        `5 10.0.0.0/8 by ${STACK}`,
        `6 10.0.0.0/8 Team=ops by ${STACK}`,
        DEFAULT_RULE,
      ]);
      expect((await refresh(setsAt(endpoint), known(finished.kept)))?.outs).toEqual(finished.kept?.outs);
    },
  );

  test("and then abandoned does not keep rules from the delete", async () => {
    for (const action of [AUTHORIZE, MODIFY, "CreateTags", REVOKE]) {
      const made = await make(setsAt(endpoint), set(place, olds()));
      const { kept } = await upWithout(action, made, set(place, news()));
      await setsAt(endpoint).delete(made.id, known(kept).outs);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
    }
  });

  strictly("and then reverted is right again", async () => {
    const made = await make(setsAt(endpoint), set(place, olds()));
    const held = await lines(place);
    const { kept } = await upWithout(REVOKE, made, set(place, news()));
    await up(setsAt(endpoint), kept, set(place, olds()));
    expect(await lines(place)).toEqual(held);
  });
});

describe("a create that is refused", () => {
  test("before it created anything keeps nothing", async () => {
    const { kept, error } = await upWithout(AUTHORIZE, undefined, set(place, many(2)));
    expect(kept).toBeUndefined();
    expect(error).toContain("Allow ec2:AuthorizeSecurityGroupEgress");
    expect(error).toContain("aws-egress:ownership");
  });

  test("halfway keeps the created rules, and the next finishes it, or a delete removes them", async () => {
    const args = () => set(place, [tagged(1, "web"), tagged(2, "web"), tagged(3, "ops")]);
    for (const goesOn of [true, false]) {
      place = await makePlace(endpoint);
      await endpoint.befall([{ action: AUTHORIZE, nth: 2, times: 9, fault: refused }]);
      const { kept, error } = await up(setsAt(endpoint), undefined, args());
      await endpoint.befall([]);
      expect(error).toContain("authorizing tcp 3 to 10.0.0.0/8");
      expect(error).not.toContain("took the rule");
      expect(ruleKeys(kept)).toEqual(["tcp 1 to 10.0.0.0/8", "tcp 2 to 10.0.0.0/8"]);
      expect(kept?.outs.ruleIds).toMatchObject({ "tcp 1 to 10.0.0.0/8": expect.stringMatching(/^sgr-/) });
      expect((await refresh(setsAt(endpoint), known(kept)))?.outs).toEqual(kept?.outs);

      const { kept: last = kept } = goesOn ? await up(setsAt(endpoint), kept, args()) : {};
      expect(await lines(place)).toHaveLength(goesOn ? 4 : 3);
      await setsAt(endpoint).delete(place.group, known(last).outs);
      expect(await lines(place)).toEqual([DEFAULT_RULE]);
    }
  });

  strictly("for one of its rules creates the others, and the next creates that one", async () => {
    const message = "The prefix list ID 'pl-0123456789abcdef0' does not exist";
    const none = { ipProtocol: "-1", prefixListId: "pl-0123456789abcdef0" };
    const { kept, error } = await up(setsAt(endpoint), undefined, set(place, [...many(3), none]));
    expect(error).toContain(message);
    expect(error).not.toContain("took the rule");
    expect(ruleKeys(kept)).toEqual(many(3).map(({ cidrIpv4 }) => `tcp 443 to ${cidrIpv4}`));
    const finished = await up(setsAt(endpoint), kept, set(place, many(4)));
    expect(finished.error).toBeUndefined();
    expect(finished.kept?.outs.ruleIds).toMatchObject(Object(kept?.outs.ruleIds));
  });

  test("during a take-over does not take rules for its own before they have its claim", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/24"), { [OWNER_TAG]: OLD_CLAIM });
    const args = set(place, many(2));
    const { kept } = await upWithout("CreateTags", undefined, args);
    expect(ruleKeys(kept)).toEqual(["tcp 443 to 10.0.1.0/24"]);
    // A deleted set leaves rules that were never its own.
    await setsAt(endpoint).delete(known(kept).id, known(kept).outs);
    expect((await place.rules()).map((rule) => rule.tags[OWNER_TAG])).toEqual([undefined, OLD_CLAIM]);

    const again = await upWithout("CreateTags", undefined, args);
    const { kept: finished } = await up(setsAt(endpoint), again.kept, args);
    expect(finished?.outs.ruleIds).toMatchObject({ "tcp 443 to 10.0.0.0/24": id });
    expect(await lines(place)).toEqual([
      `443 10.0.0.0/24 by ${STACK}`,
      `443 10.0.1.0/24 by ${STACK}`,
      DEFAULT_RULE,
    ]);
  });

  test("before it revokes strangers revokes them at the next", async () => {
    const args = set(place, many(2), { exclusive: true });
    const { kept } = await upWithout(REVOKE, undefined, args);
    expect(ruleKeys(kept)).toHaveLength(2);
    expect(await lines(place)).toHaveLength(3);
    await up(setsAt(endpoint), kept, args);
    expect(await lines(place)).toHaveLength(2);
  });
});
