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

describe("an existing rule without a claim", () => {
  test("needs adopt: the error describes the rule and says how to adopt it", async () => {
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

  test("is described in the error without description and tags too", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const message = await failureOf(make(handler, web()));
    expect(message).toContain(`It is ${id}: description none, tags none, claimed by no stack.`);
  });

  strictly("is taken over with adopt: true, claimed, and updated to the declared one", async () => {
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

  describe("if the stack claims nothing", () => {
    const unclaimed = () => {
      const { owner: _, ...args } = web({ description: "by hand" });
      return args;
    };

    test("adopt: true takes it over without a claim, and no delete of this run revokes it", async () => {
      const said = jest.spyOn(console, "error").mockImplementation(() => {});
      const id = await existing(undefined, { Team: "web" });
      const { result, actions } = await recorded(endpoint, () =>
        make(handler, { ...unclaimed(), adopt: true }),
      );
      expect(actions).toEqual([AUTHORIZE, DESCRIBE]);
      expect(result.id).toBe(id);
      // In the same run, only the resource that had the rule before can be deleting it.
      await handler.delete(result.id, result.outs);
      expect(await place.rules()).toHaveLength(1);
      expect(said).toHaveBeenCalledTimes(1);
      await handlerAt(endpoint).delete(result.id, result.outs);
      expect(await place.rules()).toEqual([]);
    });

    test("it needs adopt, although the stack may have made it", async () => {
      const { id } = await make(handlerAt(endpoint), unclaimed());
      const message = await failureOf(make(handlerAt(endpoint), unclaimed()));
      expect(message).toContain(`It is ${id}:`);
      expect(message).toContain("set adopt: true");
    });
  });
});

describe("an existing rule with another stack's claim", () => {
  test.each([false, true])("is not taken over with adopt: %s; the error names that stack", async (adopt) => {
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
    "is not mistaken for this stack's rule if its stack has a similar name: %s",
    async (claim) => {
      await existing(claim);
      const message = await failureOf(make(handler, web({ adopt: true })));
      expect(message).toContain("That stack manages it");
    },
  );

  test("is taken over and claimed with adopt and its id", async () => {
    const id = await existing(OTHERS_CLAIM);
    const args = web({ adopt: id, description: "by hand" });
    const { result, actions } = await recorded(endpoint, () => make(handler, args));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.id).toBe(id);
    expect((await place.rules())[0]?.tags).toEqual(CLAIMED);
    expect((await refresh(handler, result))?.outs).toEqual(result.outs);
  });
});

test("adopt: true creates the rule if there is none", async () => {
  const { result, actions } = await recorded(endpoint, () => make(handler, web({ adopt: true })));
  expect(actions).toEqual([AUTHORIZE]);
  expect(await place.rules()).toMatchObject([{ securityGroupRuleId: result.id }]);
});

test("the next `up` finishes an adoption that failed halfway", async () => {
  const id = await existing(OTHERS_CLAIM, { Stage: "old" });
  await endpoint.deny(["DeleteTags"]);
  const args = web({ adopt: id, description: "by hand" });
  expect(await failureOf(make(handler, args))).toContain("Allow ec2:DeleteTags");
  await endpoint.deny([]);
  const made = await make(handlerAt(endpoint), args);
  expect(made.id).toBe(id);
  expect((await place.rules())[0]?.tags).toEqual(CLAIMED);
});

describe("at the terminal", () => {
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

  test("nothing reports an adoption if there is none, or if the rule is this stack's", async () => {
    expect(await told({ adopt: true }, true)).toEqual([]);
    expect(await told({ adopt: true }, false, make)).toEqual([]);
    expect(await told({ adopt: true }, true)).toEqual([]);
    expect(await told({ adopt: true }, false, make)).toEqual([]);
  });

  test("preview names no secret rule, in any spelling", async () => {
    const id = await existing(undefined);
    const secret = { adopt: true, cidrIpv4: "10.0.0.1/16", __secrets: ["cidrIpv4"] };
    expect(await told(secret, true)).toEqual([`to-lan: + a rule (adopted ${id})`]);
  });

  test("preview reports that EC2 did not answer", async () => {
    await endpoint.deny(["DescribeSecurityGroupRules"]);
    const [line = ""] = await told({ adopt: true }, true);
    expect(line).toMatch(/^to-lan: cannot tell yet which rule it adopts: .*UnauthorizedOperation/);
  });
});
