import { reasonToLeave } from "../provider/handlers/leftInPlace";
import { UNKNOWN } from "../provider/rule/unknown";
import { type OutgoingRule, Run } from "../provider/run";
import { accepted, GROUP, OTHER_GROUP, PREFIX_LIST, RULE, TO_NOWHERE } from "./rule/reading";

const KNOWN = "shop/test@0ldrun00";
const OTHERS = "acme/shop/prod@7f3k2m9q";

let run: Run;

beforeEach(() => {
  run = new Run();
});

const rule = (args: object = {}) => accepted({ ...RULE, ...args });

function outgoing(id: string, args: object = {}): OutgoingRule {
  return { id, inputs: rule(args), tags: {}, weight: 1, arn: `arn:${id}` };
}

/** Checks a resource that declares this rule. */
function declare(args: object = {}): void {
  run.checked.note({ urn: "urn:web", rules: [{ inputs: rule(args), weight: 1 }] }, 60);
}

describe("the claim of a run", () => {
  test("is one for all rules of a run, and different in each run", () => {
    const claim = run.claim("shop/test");
    expect(claim).toMatch(/^shop\/test@[0-9a-z]{8}$/);
    expect(run.claim("shop/test")).toBe(claim);
    expect(new Run().claim("shop/test")).not.toBe(claim);
  });

  test("starts with the organization if the stack has one", () => {
    expect(run.claim("acme/shop/prod")).toMatch(/^acme\/shop\/prod@/);
  });

  test("is absent if the stack claims nothing", () => {
    expect(run.claim(undefined)).toBeUndefined();
  });
});

describe("a replaced rule", () => {
  test("can become one rule of its own group and kind", () => {
    run.noteOutgoing(outgoing("sgr-1"));
    expect(run.claimOutgoing(rule({ toPort: 444 }))).toEqual(outgoing("sgr-1"));
    expect(run.claimed.has("sgr-1")).toBe(true);
    expect(run.claimOutgoing(rule({ toPort: 445 }))).toBeUndefined();
  });

  test.each<[string, object]>([
    ["another group", { securityGroupId: OTHER_GROUP }],
    ["another kind of destination", { cidrIpv4: null, prefixListId: PREFIX_LIST }],
    ["IPv6", { cidrIpv4: null, cidrIpv6: "::/0" }],
  ])("cannot become a rule of %s", (_, wanted) => {
    run.noteOutgoing(outgoing("sgr-1"));
    expect(run.claimOutgoing(accepted({ ...TO_NOWHERE, ...RULE, ...wanted }))).toBeUndefined();
    expect(run.claimed.size).toBe(0);
  });

  test("cannot become another while a resource declares it", () => {
    run.noteOutgoing(outgoing("sgr-1"));
    declare();
    expect(run.claimOutgoing(rule({ toPort: 444 }))).toBeUndefined();
  });

  test("cannot become another once another resource has taken it over", () => {
    run.noteOutgoing(outgoing("sgr-1"));
    run.claimed.add("sgr-1");
    expect(run.claimOutgoing(rule({ toPort: 444 }))).toBeUndefined();
  });

  test("cannot become another once it is revoked", () => {
    run.noteOutgoing(outgoing("sgr-1"));
    run.noteOutgoing(outgoing("sgr-2", { toPort: 80, fromPort: 80 }));
    run.noteRevoked(GROUP, "sgr-1");
    expect([run.replacesIn(GROUP, "sgr-1"), run.replacesIn(GROUP, "sgr-2")]).toEqual([false, true]);
    expect(run.claimOutgoing(rule({ toPort: 444 }))?.id).toBe("sgr-2");
  });

  test("is known by its group and id", () => {
    run.noteOutgoing(outgoing("sgr-1"));
    const asked = [
      [GROUP],
      [GROUP, "sgr-1"],
      [GROUP, "sgr-2"],
      [OTHER_GROUP],
      [OTHER_GROUP, "sgr-1"],
    ] as const;
    expect(asked.map(([group, id]) => run.replacesIn(group, id))).toEqual([true, true, false, false, false]);
    run.noteRevoked(GROUP, "sgr-1");
    expect(run.replacesIn(GROUP)).toBe(false);
  });
});

describe("the rule of a deleted resource", () => {
  const reason = (claim: string | undefined, known: string | undefined = KNOWN) =>
    reasonToLeave(run, { id: "sgr-1", inputs: rule(), claim }, known);

  test.each<[string, string | undefined, string | undefined]>([
    ["with the claim that state knows", KNOWN, KNOWN],
    ["that has lost its claim", undefined, KNOWN],
    ["that never had one", undefined, undefined],
  ])("is revoked %s", (_, claim, known) => {
    expect(reasonToLeave(run, { id: "sgr-1", inputs: rule(), claim }, known)).toBeUndefined();
  });

  test("stays if another resource took it over in this run, even if EC2 still shows the old claim", () => {
    run.claimed.add("sgr-1");
    expect(reason(KNOWN)).toBe("another resource of this program has it now");
  });

  test.each([
    ["another stack", OTHERS],
    ["this stack in a later run", "shop/test@11111111"],
  ])("stays if %s claims it, with a message", (_, claim) => {
    expect(reason(claim)).toBe(`"${claim}" claims it now`);
  });

  test("stays if it is claimed but state holds no claim", () => {
    expect(reasonToLeave(run, { id: "sgr-1", inputs: rule(), claim: OTHERS })).toBe(
      `"${OTHERS}" claims it now`,
    );
  });

  test("stays if a resource of the program declares it", () => {
    declare({ description: "of another resource" });
    expect(reason(KNOWN)).toBe("this program declares it");
    expect(
      reasonToLeave(run, { id: "sgr-2", inputs: rule({ toPort: 444 }), claim: KNOWN }, KNOWN),
    ).toBeUndefined();
  });
});

test("unknown inputs differ from inputs that no check has seen", () => {
  const inputs = JSON.stringify({ rules: { a: UNKNOWN } });
  run.noteSet(inputs, { name: "web", rules: "known" });
  expect(run.checkedSet(inputs)).toEqual({ name: "web", rules: "known" });
  expect(run.checkedSet(JSON.stringify({ rules: { b: UNKNOWN } }))).toBeUndefined();
  expect(new Run().checkedSet(inputs)).toBeUndefined();
});
