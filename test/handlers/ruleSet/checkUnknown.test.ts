import { UNKNOWN } from "../../../provider/rule/unknown";
import { checked } from "../handler";
import { handler, place, refusals } from "./checking";
import { set, to } from "./sets";

test("an unknown value passes, and its key contains the known parts", async () => {
  const inputs = await checked(
    handler,
    set({ group: UNKNOWN }, [], {
      rules: [
        { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: UNKNOWN },
        { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: UNKNOWN },
        { ipProtocol: "tcp", fromPort: UNKNOWN, toPort: 5432, cidrIpv4: "10.0.0.0/8" },
        UNKNOWN,
        to(443, "10.0.0.0/8", { description: UNKNOWN }),
        to(444, "10.0.0.0/8", { tags: UNKNOWN }),
        to(445, "10.0.0.0/8", { tags: { Team: UNKNOWN } }),
      ],
      exclusive: UNKNOWN,
      onDestroy: UNKNOWN,
    }),
  );
  expect(inputs).toMatchObject({ securityGroupId: UNKNOWN, exclusive: UNKNOWN, onDestroy: UNKNOWN });
  expect(inputs.rules).toEqual({
    "a rule not yet known": UNKNOWN,
    "a rule not yet known (2)": UNKNOWN,
    "tcp 443 to 10.0.0.0/8": UNKNOWN,
    "tcp 444 to 10.0.0.0/8": UNKNOWN,
    "tcp 445 to 10.0.0.0/8": { tags: { Team: UNKNOWN } },
    "tcp 5432 to a destination not yet known": UNKNOWN,
    "tcp 5432 to a destination not yet known (2)": UNKNOWN,
  });
  expect((await checked(handler, set(place, [], { rules: UNKNOWN }))).rules).toEqual({
    "a rule not yet known": UNKNOWN,
  });
});

test("a failure appears even if the rest is unknown", async () => {
  const rules = [{ ipProtocol: "tcp", fromPort: 0, toPort: 70000, referencedSecurityGroupId: UNKNOWN }];
  expect(await refusals(set({ group: UNKNOWN }, rules))).toEqual([
    expect.stringMatching(/^rules\[0\]\.toPort 70000/),
  ]);
});
