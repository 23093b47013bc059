import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { makePlace, type Place, revoke, STACK } from "../place";
import { type Kept, up } from "./runs";
import { DEFAULT_RULE, lines, set, setsAt, to, unclaimed } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
});
afterEach(async () => {
  await endpoint.hide();
  await endpoint.befall([]);
});

const RULES = [to(443, "10.0.0.0/16"), to(443, "10.1.0.0/16")];

/** A set whose rules are so new that reads do not show them yet. */
async function makeUnseen(claims: boolean): Promise<Kept> {
  await endpoint.hide({ rules: 9 });
  const args = set(place, RULES);
  return known((await up(setsAt(endpoint), undefined, claims ? args : unclaimed(args))).kept);
}

describe.each([
  ["with claims", true],
  ["without claims", false],
])("rules that reads do not show yet, %s,", (_, claims) => {
  strictly("go with their set", async () => {
    const { id, outs } = await makeUnseen(claims);
    await setsAt(endpoint).delete(id, outs);
    expect(await lines(place)).toEqual([DEFAULT_RULE]);
  });

  strictly("go if others replace them", async () => {
    const kept = await makeUnseen(claims);
    const args = set(place, [to(80, "10.0.0.0/16")]);
    const ran = await up(setsAt(endpoint), kept, claims ? args : unclaimed(args));
    expect(ran.error).toBeUndefined();
    expect(await lines(place)).toEqual([`80 10.0.0.0/16${claims ? ` by ${STACK}` : ""}`, DEFAULT_RULE]);
  });

  strictly("stay in state if EC2 refuses to revoke them, and go later", async () => {
    const kept = await makeUnseen(claims);
    const args = set(place, [to(80, "10.0.0.0/16")]);
    const wanted = claims ? args : unclaimed(args);
    const refused = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403 } as const;
    await endpoint.befall([{ action: "RevokeSecurityGroupEgress", times: 9, fault: refused }]);
    const ran = await up(setsAt(endpoint), kept, wanted);
    expect(ran.error).toContain("UnauthorizedOperation");
    await endpoint.befall([]);
    await endpoint.hide();
    expect((await up(setsAt(endpoint), ran.kept, wanted)).error).toBeUndefined();
    expect(await lines(place)).toEqual([`80 10.0.0.0/16${claims ? ` by ${STACK}` : ""}`, DEFAULT_RULE]);
  });
});

strictly("rules that are gone do no harm", async () => {
  const { kept } = await up(setsAt(endpoint), undefined, set(place, RULES));
  const ids = Object.values(Object(known(kept).outs.ruleIds)).map(String);
  await revoke(place, known(ids[0]));
  const { error } = await up(setsAt(endpoint), kept, set(place, [to(80, "10.0.0.0/16")]));
  expect(error).toBeUndefined();
  expect(await lines(place)).toEqual([`80 10.0.0.0/16 by ${STACK}`, DEFAULT_RULE]);
});
