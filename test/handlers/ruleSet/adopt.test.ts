import { DESCRIBE, MODIFY } from "../../actions";
import { endpoint } from "../../world";
import { failureOf, make, recorded, refresh } from "../handler";
import { authorize, clear, OWNER, OWNER_TAG, tcp } from "../place";
import { handler, place } from "./newSet";
import { DEFAULT_RULE, lines, many, set, setsAt, to, unmarked } from "./sets";

describe("rules that are there already", () => {
  const args = () => set(place, [to(443, "10.0.0.0/16", { description: "updates", tags: { Team: "web" } })]);

  test("are not taken unasked: the error names each, its owner, and what to do", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const marked = await authorize(place, tcp(80, "10.0.0.0/16"), { [OWNER_TAG]: "shop/test/old" });
    const both = set(place, [to(443, "10.0.0.0/16"), to(80, "10.0.0.0/16"), to(1, "10.0.0.0/8")]);
    const { result, actions } = await recorded(endpoint, () => failureOf(make(handler, both)));
    expect(actions).toEqual([DESCRIBE]);
    expect(result).toContain(`${place.group} has rules that this set may not take:`);
    expect(result).toContain(`  ${id}, tcp 443 to 10.0.0.0/16, owner none`);
    expect(result).toContain(`  ${marked}, tcp 80 to 10.0.0.0/16, owner "shop/test/old"`);
    expect(result).toContain(
      "set adopt: true. If these are its rules from before it was renamed, give it aliases.",
    );
  });

  test("are taken by adopt: true, with the id that they have, and brought right", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16", "by hand"), { Stage: "old" });
    const stranger = await authorize(place, tcp(22, "10.0.0.0/8"));
    const { result, actions } = await recorded(endpoint, () => make(handler, { ...args(), adopt: true }));
    expect(actions).toEqual([DESCRIBE, MODIFY, "CreateTags", "DeleteTags"]);
    expect(result.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual([
      "22 10.0.0.0/8",
      `443 10.0.0.0/16 "updates" Team=web by ${OWNER}`,
      DEFAULT_RULE,
    ]);
    expect((await place.rules()).map((rule) => rule.securityGroupRuleId)).toContain(stranger);
    expect(result.outs).not.toHaveProperty("adopt");
    expect((await refresh(setsAt(endpoint), result))?.outs).toEqual(result.outs);
  });

  test("are taken without a mark where the stack marks none", async () => {
    const id = await authorize(place, tcp(443, "10.0.0.0/16"));
    const { outs } = await make(handler, unmarked(set(place, [to(443, "10.0.0.0/16")], { adopt: true })));
    expect(outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": id });
    expect(await lines(place)).toEqual(["443 10.0.0.0/16", DEFAULT_RULE]);
  });

  test("are taken from another resource of this stack, and not from another stack", async () => {
    const own = await authorize(place, tcp(443, "10.0.0.0/16"), { [OWNER_TAG]: "shop/test/old" });
    const taken = await make(handler, { ...args(), adopt: true });
    expect(taken.outs.ruleIds).toEqual({ "tcp 443 to 10.0.0.0/16": own });
    await clear(place);
    await authorize(place, tcp(443, "10.0.0.0/16"), { [OWNER_TAG]: "shop/prod/web" });
    const message = await failureOf(make(handler, { ...args(), adopt: true }));
    expect(message).toContain('owner "shop/prod/web"');
    expect(message).toContain("Other programs manage them: remove them there first.");
    expect(await lines(place)).toEqual(["443 10.0.0.0/16 by shop/prod/web"]);
  });

  test("that are many are not all named", async () => {
    await make(handler, set(place, many(30), { owner: "pay/prod/all" }));
    const message = await failureOf(make(setsAt(endpoint), set(place, many(30))));
    expect(message.split("\n")).toHaveLength(13);
    expect(message).toContain("  and 20 more");
  });
});
