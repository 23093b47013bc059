import { DESCRIBE, MODIFY } from "../../actions";
import { endpoint } from "../../world";
import { failureOf, make, recorded, refresh } from "../handler";
import { authorize, OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG, STACK, tcp } from "../place";
import { handler, place } from "./newSet";
import { DEFAULT_RULE, lines, many, set, setsAt, to, unclaimed } from "./sets";

describe("existing rules", () => {
  const args = () => set(place, [to(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web" } })]);

  test("without a claim need adopt: the error names each, and the remedy", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const other = await authorize(place, tcp(80, "10.0.0.0/16"), { Team: "ops" });
    const both = set(place, [to(443, "10.0.0.0/16"), to(80, "10.0.0.0/16"), to(1, "10.0.0.0/8")]);
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, both)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} has rules that this set must not take over:`);
    expect(result).toContain(`  ${id}, tcp 443 to 10.0.0.0/16, claimed by no stack`);
    expect(result).toContain(`  ${other}, tcp 80 to 10.0.0.0/16, claimed by no stack`);
    expect(result).toContain("To adopt existing rules, set adopt: true.");
    expect(await lines(place)).toEqual(["443 10.0.0.0/16", "80 10.0.0.0/16 Team=ops", DEFAULT_RULE]);
  });

  test("without a claim are taken over with adopt: true, keep their ids, and are updated", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { Stage: "old" });
    const stranger = await authorize(place, tcp(22, "10.0.0.0/8"));
    const { result, actions } = await recorded(endpoint, () => make(handler, { ...args(), adopt: true }));
    expect(actions).toEqual([DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual([
      "22 10.0.0.0/8",
      `443 10.0.0.0/16 "updates" Team=web by ${STACK}`,
      DEFAULT_RULE,
    ]);
    expect((await place.rules()).map((rule) => rule.securityGroupRuleId)).toContain(stranger);
    expect(result.outs).not.toHaveProperty("adopt");
    expect((await refresh(setsAt(endpoint), result))?.outs).toEqual(result.outs);
  });

  test("are taken over without a claim if the stack claims none", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const { outs } = await make(handler, unclaimed(set(place, [to(443, "10.0.0.0/16")], { adopt: true })));
    expect(outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual(["443 10.0.0.0/16", DEFAULT_RULE]);
  });

  test("of this stack are taken over without adopt, and their claim is renewed", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16", "updates"), {
      Team: "web",
      [OWNER_TAG]: OLD_CLAIM,
    });
    const { result, actions } = await recorded(endpoint, () => make(handler, args()));
    expect(actions).toEqual([DESCRIBE, "CreateTags"]);
    expect(result.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    const rule = (await place.rules()).find(({ fromPort }) => fromPort === 443);
    expect(rule?.tags[OWNER_TAG]).toBe(result.outs.claim);
    expect(result.outs.claim).not.toBe(OLD_CLAIM);
  });

  test("of another stack are not taken over with adopt: true either, and the error names the stack", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"), { [OWNER_TAG]: OTHERS_CLAIM });
    const message = await failureOf(make(handler, { ...args(), adopt: true }));
    expect(message).toContain(`  ${id}, tcp 443 to 10.0.0.0/16, claimed by the stack "acme/shop/prod"`);
    expect(message).toContain("Other stacks manage them: remove them there first.");
    expect(await lines(place)).toEqual(["443 10.0.0.0/16 by acme/shop/prod", DEFAULT_RULE]);
  });

  test("are not all named if there are many", async () => {
    await make(handler, set(place, many(30), { owner: "pay/prod" }));
    const message = await failureOf(make(setsAt(endpoint), set(place, many(30))));
    expect(message.split("\n")).toHaveLength(13);
    expect(message).toContain("  and 20 more");
  });
});
