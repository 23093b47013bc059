import { AUTHORIZE, DESCRIBE, MODIFY } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { CLAIMED, existing, web } from "./existing";
import { checked, failureOf, type Handler, handlerAt, make, type Props, recorded, refresh } from "./handler";
import { place } from "./ownPlace";
import { authorize, OTHERS_CLAIM, tcp } from "./place";

let handler: Handler;

beforeAll(() => {
  handler = handlerAt(endpoint);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await endpoint.deny([]);
});

describe("a rule that is there without a claim", () => {
  test("is not taken unasked: the error says what it is and how to adopt it", async () => {
    const id = await existing(undefined, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`authorizing tcp 443 to 10.0.0.0/16 on ${place.group}`);
    expect(message).toContain("InvalidPermission.Duplicate");
    expect(message).toContain(
      `It is ${id}: description "by hand", tags {"Team":"ops"}, claimed by no stack.`,
    );
    expect(message).toContain("To adopt it, set adopt: true.");
    expect(await place.rules()).toEqual(held);
  });

  test("says so where it has neither description nor tags", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`It is ${id}: description none, tags none, claimed by no stack.`);
  });

  strictly("is taken over by adopt: true, claimed, and brought to what is declared", async () => {
    const id = await existing(undefined, { Stage: "old" });
    const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
    expect(actions).toEqual([AUTHORIZE, DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.id).toBe(id);
    expect(result.outs).not.toHaveProperty("adopt");
    const [rule] = await place.rules();
    expect(rule?.tags).toEqual(CLAIMED);
    expect(rule).not.toHaveProperty("description");
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });

  describe("where the stack claims nothing", () => {
    const unclaimed = () => {
      const { owner: _, ...args } = web({ description: "by hand" });
      return args;
    };

    test("is taken over by adopt: true without a claim, and no delete of this run takes it away", async () => {
      const said = jest.spyOn(console, "error").mockImplementation(() => {});
      const id = await existing(undefined, { Team: "web" });
      const { result, actions } = await recorded(endpoint, () =>
        make(handler, { ...unclaimed(), adopt: true }),
      );
      expect(actions).toEqual([AUTHORIZE, DESCRIBE]);
      expect(result.id).toBe(id);
      // In the same run, the delete can only be that of the resource that had the rule before.
      await handler.delete(result.id, result.outs);
      expect(await place.rules()).toHaveLength(1);
      expect(said).toHaveBeenCalledTimes(1);
      await handlerAt(endpoint).delete(result.id, result.outs);
      expect(await place.rules()).toEqual([]);
    });

    test("is not taken unasked, though the stack may have made it", async () => {
      const { id } = await make(handlerAt(endpoint), unclaimed());
      const message = await failureOf(make(handlerAt(endpoint), unclaimed()));
      expect(message).toContain(`It is ${id}:`);
      expect(message).toContain("set adopt: true");
    });
  });
});

describe("a rule that is there with the claim of another stack", () => {
  test.each([false, true])("is not taken with adopt: %s; the error names that stack", async (adopt) => {
    const id = await existing(OTHERS_CLAIM, { Team: "ops" });
    const held = await place.rules();
    const message = await failureOf(make(handler, web({ adopt })));
    expect(message).toContain(
      `It is ${id}: description "by hand", tags {"Team":"ops"}, claimed by the stack "acme/shop/prod".`,
    );
    expect(message).toContain("That stack manages it");
    expect(message).toContain(`adopt: "${id}"`);
    expect(await place.rules()).toEqual(held);
  });

  test.each(["shop/test-2@0ldrun00", "acme/shop/test@0ldrun00"])(
    "is not taken for this stack's where only a part of the name is the same: %s",
    async (claim) => {
      await existing(claim);
      const message = await failureOf(make(handler, web({ adopt: true })));
      expect(message).toContain("That stack manages it");
    },
  );

  test("is taken over by adopt with its id, and claimed", async () => {
    const id = await existing(OTHERS_CLAIM);
    const args = web({ adopt: id, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(CLAIMED);
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });
});

test("adopt: true makes the rule where there is none", async () => {
  const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
  expect(actions).toEqual([AUTHORIZE]);
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id }]);
});

test("an adoption that fails halfway is finished by the next `up`", async () => {
  const id = await existing(OTHERS_CLAIM, { Stage: "old" });
  await endpoint.deny(["DeleteTags"]);
  const args = web({ adopt: id, description: "by hand" });
  expect(await failureOf(make(handler, args))).toContain("Allow ec2:DeleteTags");
  await endpoint.deny([]);
  const made = await make(handlerAt(endpoint), args);
  expect(made.id).toBe(id);
  expect((await place.rules())[0]?.tags).toEqual(CLAIMED);
});

describe("what is told at the terminal of a rule that is adopted", () => {
  const told = async (
    args: Props,
    preview: boolean,
    run: (using: Handler, props: Props) => Promise<unknown> = checked,
  ) => {
    const said = jest.spyOn(console, "error").mockImplementation(() => {});
    const urn = "urn:pulumi:test::shop::pulumi-nodejs:dynamic/aws-egress:EgressRule::to-lan";
    await run(handlerAt(endpoint), web({ ...args, __program: { urn, preview } }));
    return said.mock.calls.flat();
  };

  test.each(["true", "id"])("preview and up each tell it once, with adopt: %s", async (how) => {
    const id = await existing(undefined);
    const adopt = how === "id" ? id : true;
    const text = `to-lan: + tcp 443 to 10.0.0.0/16 (adopted ${id})`;
    expect(await told({ adopt }, true)).toEqual([text]);
    jest.restoreAllMocks();
    expect(await told({ adopt }, false, make)).toEqual([text]);
  });

  test("nothing is told where there is nothing to adopt, nor of a rule of this stack", async () => {
    expect(await told({ adopt: true }, true)).toEqual([]);
    expect(await told({ adopt: true }, false, make)).toEqual([]);
    expect(await told({ adopt: true }, true)).toEqual([]);
    expect(await told({ adopt: true }, false, make)).toEqual([]);
  });

  test("preview names no rule that is secret, in whatever spelling", async () => {
    const id = await existing(undefined);
    const secret = { adopt: true, cidrIpv4: "10.0.0.1/16", __secrets: ["cidrIpv4"] };
    expect(await told(secret, true)).toEqual([`to-lan: + a rule (adopted ${id})`]);
  });

  test("preview says so where EC2 does not tell it", async () => {
    await endpoint.deny(["DescribeSecurityGroupRules"]);
    const [line = ""] = await told({ adopt: true }, true);
    expect(line).toMatch(/^to-lan: cannot tell yet which rule it adopts: .*UnauthorizedOperation/);
  });
});
