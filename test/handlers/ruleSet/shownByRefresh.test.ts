import { known } from "../../known";
import { endpoint } from "../../world";
import { change, checked, make, refresh } from "../handler";
import { authorize, clear, makePlace, OWNER_TAG, type Place, revoke, tcp } from "../place";
import { set, setsAt, to } from "./sets";

let place: Place;

beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
});

test.each([
  ["created by a run that was interrupted before it wrote state", true],
  ["created by a person", false],
])(
  "a declared rule of an exclusive set, %s, is the set's own after a refresh and an up",
  async (_, isClaimed) => {
    const made = await make(setsAt(endpoint), set(place, [to(1, "10.0.0.0/8")], { exclusive: true }));
    const claim = String(made.outs.claim);
    const id = await authorize(place, tcp(22, "10.0.0.0/8"), isClaimed ? { [OWNER_TAG]: claim } : {});
    // A refresh shows undeclared rules, too, but declaring them then leaves nothing to do.
    const found = known(await refresh(setsAt(endpoint), made));
    const handler = setsAt(endpoint);
    const args = set(place, [to(1, "10.0.0.0/8"), to(22, "10.0.0.0/8")], { exclusive: true });
    expect(await handler.diff(found.id, found.outs, await checked(handler, args))).toEqual({
      changes: true,
      replaces: [],
    });
    const { outs } = await change(handler, found, args);
    expect(outs.ruleIds).toMatchObject({ "tcp 22 to 10.0.0.0/8": id });

    const later = setsAt(endpoint);
    expect(await later.diff(found.id, outs, await checked(later, args))).toMatchObject({ changes: false });
    await later.delete(found.id, outs);
    expect(await place.rules()).toEqual([]);
  },
);

test("a rule that a person revoked and created again is the exclusive set's own again", async () => {
  const args = set(place, [to(1, "10.0.0.0/8")], { exclusive: true });
  const made = await make(setsAt(endpoint), args);
  await revoke(place, String(Object.values(Object(made.outs.ruleIds))[0]));
  const id = await authorize(place, tcp(1, "10.0.0.0/8"));
  const found = known(await refresh(setsAt(endpoint), made));
  const handler = setsAt(endpoint);
  expect(await handler.diff(found.id, found.outs, await checked(handler, args))).toMatchObject({
    changes: true,
  });
  const { outs } = await change(handler, found, args);
  expect(outs.ruleIds).toEqual({ "tcp 1 to 10.0.0.0/8": id });
});
