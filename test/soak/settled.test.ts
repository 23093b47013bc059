import { type Draft, newDraft, put, take } from "../../soak/draft";
import { randomOf } from "../../soak/random";
import type { SoakRule } from "../../soak/rules";
import { defaultRule, settled } from "../../soak/settled";
import { OTHERS_CLAIM, type RuleSet, type Stranger } from "../../soak/world";

const GROUP = "sg-00000001";

function ruleTo(port: number): SoakRule {
  const destination = { kind: "cidrIpv4", network: 0x0a000000n, length: 16 } as const;
  const model = { group: GROUP, protocol: 6, ports: [port, port], destination } as const;
  return { model, description: undefined, tags: {} };
}

const set = (more: Partial<RuleSet> = {}): RuleSet => ({
  kind: "set",
  group: GROUP,
  rules: [ruleTo(80)],
  exclusive: true,
  restoreDefault: true,
  ...more,
});

/** A step on the group of an exclusive set, with or without a new stranger. */
function draftOf(was: RuleSet, strangers: readonly Stranger[] = []): Draft {
  const before = { resources: new Map([["set-1", was]]), strangers: [] };
  const draft = newDraft(randomOf(1, 1), before, [GROUP], { groups: [], prefixLists: [] });
  draft.strangers.push(...strangers);
  return draft;
}

const byHand: Stranger = { rule: ruleTo(22), claim: undefined, id: undefined };
const ofAnother: Stranger = { ...byHand, claim: OTHERS_CLAIM };

test("a set that stays revokes new strangers", () => {
  expect(settled(draftOf(set(), [byHand])).strangers).toEqual([]);
});

test("a deleted set opens its group if no rule is left", () => {
  const draft = draftOf(set());
  take(draft, "set-1");
  expect(settled(draft).strangers).toEqual([defaultRule(GROUP)]);
});

test("a set that must not open its group leaves nothing", () => {
  const draft = draftOf(set({ restoreDefault: false }));
  take(draft, "set-1");
  expect(settled(draft).strangers).toEqual([]);
});

test.each([
  ["nobody", byHand],
  ["another stack", ofAnother],
])("a deleted set leaves rules of %s, and opens nothing", (_, stranger) => {
  const draft = draftOf(set(), [stranger]);
  take(draft, "set-1");
  expect(settled(draft).strangers).toEqual([stranger]);
});

test("a deleted set opens nothing if its rules continue as single ones", () => {
  const draft = draftOf(set(), [byHand]);
  take(draft, "set-1");
  put(draft, "single-1", { kind: "single", group: GROUP, rules: [ruleTo(80)] });
  expect(settled(draft).strangers).toEqual([byHand]);
});

test("an exclusive set that replaces it revokes new strangers", () => {
  const draft = draftOf(set(), [byHand]);
  take(draft, "set-1");
  put(draft, "set-2", set());
  expect(settled(draft).strangers).toEqual([]);
});
