import { UNKNOWN } from "../../../provider/rule/unknown";
import { AUTHORIZE, DESCRIBE, REVOKE } from "../../actions";
import { known } from "../../known";
import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, checked, failureOf, make, type Props, type Resource, recorded, refresh } from "../handler";
import { authorize, clear, OLD_CLAIM, OTHERS_CLAIM, OWNER_TAG, STACK, tcp } from "../place";
import { handler, place, said } from "./newSet";
import { lines, set, setsAt, to, unclaimed } from "./sets";

const OWN = [to(443, "10.0.0.0/8")];
const such = (strangers: unknown, more: Props = {}, rules = OWN) => set(place, rules, { strangers, ...more });
const told = () => said.mock.calls.flat();
const CLUSTER = { "kubernetes.io/cluster/shop": "owned" };

beforeEach(() => clear(place));

async function refusal(args: Props, olds: Props = {}, using = handler): Promise<string> {
  const { failures } = await using.check(olds, args);
  expect(failures).toHaveLength(1);
  return failures.map(({ property, reason }) => `${property} ${reason}`.trim()).join();
}

describe('strangers: "report"', () => {
  test("leaves them, and names them and their owners at preview, up and refresh", async () => {
    const byHand = await authorize(place, tcp(22, "10.0.0.0/8"));
    const others = await authorize(place, tcp(23, "10.0.0.0/8"), { [OWNER_TAG]: OTHERS_CLAIM });
    const kept = await authorize(place, tcp(24, "10.0.0.0/8"), CLUSTER);
    const { result, actions } = await recorded(endpoint, () => make(handler, such("report")));
    expect(actions).toEqual([DESCRIBE, DESCRIBE, AUTHORIZE]);
    const text = `${place.group} has rules that this set does not declare: tcp 22 to 10.0.0.0/8 (${byHand}), tcp 23 to 10.0.0.0/8 (${others}, claimed by the stack "acme/shop/prod"), tcp 24 to 10.0.0.0/8 (${kept}, managed by a controller: tag "kubernetes.io/cluster/shop")`;
    expect(told()).toEqual([text]);
    expect(await lines(place)).toHaveLength(4);

    said.mockClear();
    const found = known(await refresh(setsAt(endpoint), result));
    expect(found).toEqual(result);
    expect(told()).toEqual([text]);

    said.mockClear();
    const later = setsAt(endpoint);
    const news = await checked(later, such("report"), found.inputs);
    expect(told()).toEqual([text]);
    expect(await later.diff(found.id, found.outs, news)).toEqual({ changes: false, replaces: [] });
  });

  strictly.each([
    ["with claims", (args: Props) => args],
    ["without claims", unclaimed],
  ])("names none of its own rules, even leaving ones, %s", async (_, owned) => {
    const args = owned(such("report", {}, [...OWN, to(80, "10.0.0.0/8")]));
    const made = await make(handler, args);
    const changed = await change(setsAt(endpoint), made, owned(such("report")));
    expect(told()).toEqual([]);
    expect(Object.keys(Object(changed.outs.ruleIds))).toEqual(["tcp 443 to 10.0.0.0/8"]);
  });

  test("takes over nothing without adopt", async () => {
    await authorize(place, tcp(443, "10.0.0.0/8"));
    const inputs = await checked(handler, such("report"));
    expect(await failureOf(handler.create(inputs))).toContain("To adopt existing rules, set adopt");
    await make(handler, such("report", { adopt: true }));
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
  });

  test("revokes them when it becomes exclusive", async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"));
    const made = await make(handler, such("report"));
    const locked = await change(setsAt(endpoint), made, set(place, OWN, { exclusive: true }));
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
    expect(locked.outs).toMatchObject({ exclusive: true });
    expect(locked.outs).not.toHaveProperty("strangers");
  });

  test("names strangers that a refresh showed while the set was exclusive", async () => {
    const made = await make(handler, set(place, OWN, { exclusive: true }));
    const id = await authorize(place, tcp(22, "10.0.0.0/8"));
    const found = known(await refresh(setsAt(endpoint), made));
    const changed = await change(setsAt(endpoint), found, such("report"));
    expect(told()).toEqual([expect.stringContaining(`does not declare: tcp 22 to 10.0.0.0/8 (${id})`)]);
    expect(Object.keys(Object(changed.outs.rules))).toEqual(["tcp 443 to 10.0.0.0/8"]);
    expect(await lines(place)).toHaveLength(2);
  });

  test("continues without permission to look, and says so", async () => {
    await endpoint.deny([DESCRIBE]);
    await checked(handler, such("report"));
    await endpoint.deny([]);
    expect(told()).toEqual([
      expect.stringMatching(/: cannot tell yet which rules the set does not declare: /),
    ]);
  });
});

describe('strangers: "refuse"', () => {
  test("fails at preview, and at up before any change, and names them and the remedy", async () => {
    const inputs = await checked(handler, such("refuse"));
    const byHand = await authorize(place, tcp(22, "10.0.0.0/8"));
    const held = await place.rules();
    const message = await failureOf(handler.create(inputs));
    expect(message).toBe(
      [
        `${place.group} has rules that this set must not take over:`,
        `  ${byHand}, tcp 22 to 10.0.0.0/8, claimed by no stack`,
        'The set refuses rules that it does not declare: declare them, remove them, or set strangers: "revoke".',
      ].join("\n"),
    );
    expect(await refusal(such("refuse"))).toBe(message);
    expect(await place.rules()).toEqual(held);
  });

  test("fails for an existing set as soon as there are any, with the first ten by name", async () => {
    const made = await make(handler, such("refuse"));
    expect(made.outs).toMatchObject({ strangers: "refuse" });
    for (let port = 1; port <= 12; port++) await authorize(place, tcp(port, "10.0.0.0/8"));
    const message = await refusal(such("refuse"), made.inputs, setsAt(endpoint));
    expect(message.match(/sgr-/g)).toHaveLength(10);
    expect(message).toContain("  and 2 more");
    const news = { ...made.inputs, rules: { "tcp 80 to 10.0.0.0/8": {} } };
    const update = setsAt(endpoint).update(made.id, made.outs, news);
    expect(await failureOf(update)).toContain("The set refuses rules that it does not declare");
    expect(await lines(place)).toHaveLength(13);
  });

  test.each([
    ["with claims", (args: Props) => args],
    ["without claims", unclaimed],
  ])("takes over what it declares, and releases its own rules, %s", async (_, owned) => {
    await authorize(place, tcp(80, "10.0.0.0/8"));
    const made = await make(handler, owned(such("refuse", {}, [...OWN, to(80, "10.0.0.0/8")])));
    const changed = await change(setsAt(endpoint), made, owned(such("refuse")));
    expect(await lines(place)).toHaveLength(1);
    expect(await refresh(setsAt(endpoint), changed)).toEqual(changed);
    expect(told()).toEqual([]);
  });

  test("revokes its stack's rules that no resource declares any more", async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"), { [OWNER_TAG]: OLD_CLAIM });
    await make(handler, such("refuse"));
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
  });

  test("decides nothing while rules of the set are unknown, and reports meanwhile", async () => {
    const id = await authorize(place, tcp(22, "10.0.0.0/8"));
    await checked(handler, such("refuse", {}, [to(22, UNKNOWN)]));
    expect(told()).toEqual([
      `${place.group} has rules that this set does not declare: tcp 22 to 10.0.0.0/8 (${id})`,
    ]);
  });

  test("shows no stranger as a change: a refresh names it", async () => {
    const made = await make(handler, such("refuse"));
    const id = await authorize(place, tcp(22, "10.0.0.0/8"));
    expect(await refresh(setsAt(endpoint), made)).toEqual(made);
    expect(told()).toEqual([
      `${place.group} has rules that this set does not declare: tcp 22 to 10.0.0.0/8 (${id})`,
    ]);
  });
});

describe("rules that a controller manages", () => {
  const exclusive = (more: Props = {}, rules = OWN) => set(place, rules, { exclusive: true, ...more });

  test.each(["kubernetes.io/cluster/shop", "elbv2.k8s.aws/cluster", "karpenter.sh/discovery"])(
    "are not revoked by a merely exclusive set: %s",
    async (tag) => {
      const inputs = await checked(handler, exclusive());
      const id = await authorize(place, tcp(22, "10.0.0.0/8"), { [tag]: "shop" });
      const message = await failureOf(handler.create(inputs));
      expect(message).toBe(
        [
          `${place.group} has rules that this set must not take over:`,
          `  ${id}, tcp 22 to 10.0.0.0/8, managed by a controller: tag ${JSON.stringify(tag)}`,
          'A controller would create its rules again: remove exclusive, or replace it with strangers: "revoke" to revoke them anyway.',
        ].join("\n"),
      );
      expect(await refusal(exclusive())).toBe(message);
      expect(await lines(place)).toEqual([`22 10.0.0.0/8 ${tag}=shop`]);
    },
  );

  test('go where strangers: "revoke" is said outright', async () => {
    await authorize(place, tcp(22, "10.0.0.0/8"), CLUSTER);
    const made = await make(handler, such("revoke"));
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
    expect(made.outs).toMatchObject({ strangers: "revoke" });
    expect(await refresh(setsAt(endpoint), made)).toEqual(made);
  });

  test("are not taken over by an exclusive set that declares the same, without adopt", async () => {
    const tag = "kubernetes.io/cluster/shop=owned";
    await authorize(place, tcp(443, "10.0.0.0/8"), CLUSTER);
    expect(await refusal(exclusive())).toContain("managed by a controller");
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 ${tag}`]);
    await make(handler, exclusive({ adopt: true }));
    expect(await lines(place)).toEqual([`443 10.0.0.0/8 by ${STACK}`]);
  });

  test("are not a controller's if the stack claims them, even with similar tags", async () => {
    const made = await make(handler, exclusive({ tags: CLUSTER }, [...OWN, to(80, "10.0.0.0/8")]));
    await change(setsAt(endpoint), made, exclusive({ tags: CLUSTER }));
    expect(await lines(place)).toHaveLength(1);
    await authorize(place, tcp(22, "10.0.0.0/8"), { ...CLUSTER, [OWNER_TAG]: OLD_CLAIM });
    const { actions } = await recorded(endpoint, () => make(setsAt(endpoint), exclusive({ tags: CLUSTER })));
    expect(actions).toContain(REVOKE);
  });
});

describe("the strangers property", () => {
  test("is specified once, with a valid value", async () => {
    const both = such("revoke", { exclusive: true });
    expect(await refusal(both)).toBe(
      'strangers conflicts with exclusive, which means "revoke" except for rules that a controller keeps: specify one of the two',
    );
    expect(await refusal(such("report", { exclusive: false }))).toContain("specify one of the two");
    expect(await refusal(such("keep"))).toBe(
      'strangers must be one of "revoke", "report", "refuse"; got "keep"',
    );
  });

  test.each<[unknown, boolean]>([
    ["revoke", true],
    ["refuse", true],
    [UNKNOWN, true],
    ["report", false],
  ])("%j goes with restoreDefault: %s", async (strangers, isGood) => {
    const { failures } = await handler.check({}, such(strangers, { onDestroy: "restoreDefault" }));
    expect(failures.map(({ property }) => property)).toEqual(isGood ? [] : ["onDestroy"]);
  });

  test.each<[unknown, unknown]>([
    [undefined, "report"],
    ["report", "refuse"],
    ["refuse", UNKNOWN],
  ])("is a change from %j to %j", async (before, after) => {
    const made: Resource = await make(handler, such(before));
    const news = await checked(handler, such(after), made.inputs);
    expect(await handler.diff(made.id, made.outs, news)).toEqual({ changes: true, replaces: [] });
  });

  test.each(["revoke", "refuse"])("%j allows no other resource on the group", async (strangers) => {
    const program = (urn: string) => ({ __program: { urn, silence: [] } });
    await checked(handler, such(strangers, program("urn:one")));
    const other = set(place, [to(22, "10.0.0.0/8")], program("urn:two"));
    expect(await refusal(other)).toContain(`urn:one has ${place.group} to itself`);
  });
});
