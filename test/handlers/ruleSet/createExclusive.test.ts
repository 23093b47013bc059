import { UNKNOWN } from "../../../provider/rule/unknown";
import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { endpoint } from "../../world";
import { checked, failureOf, make, recorded, refresh } from "../handler";
import { authorize, OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG, STACK, tcp } from "../place";
import { handler, place, said } from "./newSet";
import { lines, set, setsAt, to } from "./sets";

describe("an exclusive set", () => {
  test("takes over what it declares, and revokes strangers and the default rule after creating its own", async () => {
    await authorize(place, tcp(443, "10.0.0.0/16", "by hand"));
    await authorize(place, tcp(22, "10.0.0.0/8"), { Team: "ops" });
    await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: OLD_CLAIM });
    const rules = [to(443, "10.0.0.0/16", { description: "by hand" }), to(80, "10.0.0.0/8")];
    const { result, actions } = await recorded(endpoint, () =>
      make(handler, set(place, rules, { exclusive: true })),
    );
    expect(actions).toEqual([DESCRIBE, DESCRIBE, AUTHORIZE, "CreateTags", REVOKE]);
    expect(await lines(place)).toEqual([
      `443 10.0.0.0/16 "by hand" by ${STACK}`,
      `80 10.0.0.0/8 by ${STACK}`,
    ]);
    expect(result.outs).toMatchObject({ exclusive: true });
    expect(await refresh(setsAt(endpoint), result)).toEqual(result);
  });

  test("is refused, at preview too, if another stack has rules on the group, and changes nothing", async () => {
    const args = set(place, [to(443, "10.0.0.0/8")], { exclusive: true });
    const inputs = await checked(handler, args);
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    const held = await place.rules();
    const message = await failureOf(handler.create(inputs));
    expect((await handler.check({}, args)).failures).toEqual([{ property: "", reason: message }]);
    expect(message).toContain('tcp 22 to 10.0.0.0/8, claimed by the stack "acme/shop/prod"');
    expect(message).toContain("remove them there first, or remove exclusive");
    expect(message).not.toContain("all traffic");
    expect(await place.rules()).toEqual(held);
  });
});

describe("the preview of a new exclusive set", () => {
  const told = () => said.mock.calls.flat();
  const args = () => set(place, [to(443, "10.0.0.0/8")], { exclusive: true });

  test("reports what will be revoked, and so does an update that finds strangers", async () => {
    const [byDefault = ""] = (await endpoint.rules(place.group)).map(({ SecurityGroupRuleId: id }) => id);
    const stranger = await authorize(place, tcp(22, "10.0.0.0/8"));
    const inputs = await checked(handler, args());
    const both = `all traffic to 0.0.0.0/0 (${byDefault}), tcp 22 to 10.0.0.0/8 (${stranger})`;
    const [text, ...others] = told();
    expect(others).toEqual([]);
    expect(text).toContain(`${place.group}: the exclusive set revokes rules that it does not declare: `);
    expect(text.split(": ")[2].split(", ").sort()).toEqual(both.split(", "));

    const { id, outs } = await handler.create(inputs);
    said.mockClear();
    const drifted = await authorize(place, tcp(23, "10.0.0.0/8"));
    const news = await checked(handler, set(place, [to(444, "10.0.0.0/8")], { exclusive: true }), inputs);
    await handler.update(id, outs, news);
    expect(told()).toEqual([
      `${place.group}: the exclusive set revoked rules that it does not declare: tcp 23 to 10.0.0.0/8 (${drifted})`,
    ]);
  });

  test("continues without permission to look, and says so", async () => {
    await endpoint.deny([DESCRIBE]);
    await checked(handler, args());
    await endpoint.deny([]);
    expect(told()).toEqual([
      expect.stringMatching(
        /: cannot tell yet which rules the exclusive set revokes: reading the rules of sg-.*Unauthorized/,
      ),
    ]);
  });

  test("makes no look-up if the group is unknown, or if the set exists", async () => {
    const { inputs } = await make(handler, args());
    await endpoint.reset();
    await checked(handler, { ...args(), securityGroupId: UNKNOWN });
    await checked(handler, args(), inputs);
    expect(await endpoint.calls()).toEqual([]);
  });
});
