import { CreateManagedPrefixListCommand } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { change, type Handler, handlerAt, make, type Props } from "./handler";
import { clear, makePlace, OWNER_TAG, type Place, STACK, setTag } from "./place";
import { many, set, setsAt } from "./ruleSet/sets";

let place: Place;
let handler: Handler;
let lines: string[];

beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
  handler = handlerAt(endpoint);
  lines = [];
  for (const method of ["error", "warn"] as const) {
    jest.spyOn(console, method).mockImplementation((...parts) => void lines.push(parts.join(" ")));
  }
});
afterEach(() => jest.restoreAllMocks());

strictly("early revokes of a set's secret rules are reported without the secrets", async () => {
  const before = many(58);
  // Of another family, so that none can be modified.
  const list = { ipProtocol: "-1", prefixListId: place.s3 };
  const lists = Array.from({ length: 5 }, (_, at) => ({
    ...list,
    ipProtocol: "tcp",
    fromPort: at,
    toPort: at,
  }));
  const after = [...before.slice(3), ...lists];
  const secret = (rules: Props[]) =>
    set(place, rules, { __secrets: rules.map((_, at) => `rules[${at}].cidrIpv4`) });
  await change(setsAt(endpoint), await make(setsAt(endpoint), secret(before)), secret(after));
  expect(lines).toEqual([
    `${place.group} has no room for its old and new rules at once: [secret], [secret], [secret] are revoked before new ones are authorized`,
  ]);
});

test("a warning about a prefix list omits its secret name", async () => {
  const list = { PrefixListName: "planted-offices", AddressFamily: "IPv4", MaxEntries: 50 };
  await place.ec2.send(new CreateManagedPrefixListCommand(list));
  const rule = { ipProtocol: "-1", prefixListName: "planted-offices" };
  const __secrets = ["prefixListName"];
  await handler.check({}, { ...rule, securityGroupId: place.group, owner: STACK, __secrets });
  await setsAt(endpoint).check({}, set(place, [rule], { __secrets: ["rules[0].prefixListName"] }));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toMatch(/^warning: the prefix list "\[secret\]" counts as 50 of the 60 rules/);
  }
});

test("a terminal only shows text from other people's tags, and does not act on it", async () => {
  const theirs = "other/prod\u009b31m\u202e\nerror: all is well@7f3k2m9q";
  const shown = '"other/prod\\u009b31m\\u202e\\nerror: all is well@7f3k2m9q"';
  const [rule = {}] = many(1);
  const made = await make(handler, { ...rule, securityGroupId: place.group, owner: STACK });
  await setTag(place, made.id, OWNER_TAG, theirs);
  await handler.delete(made.id, made.outs);
  await clear(place);

  const whole = await make(setsAt(endpoint), set(place, many(1)));
  const id = String(Object.values(Object(whole.outs.ruleIds))[0]);
  await setTag(place, id, OWNER_TAG, theirs);
  await setsAt(endpoint).delete(whole.id, whole.outs);
  expect(lines).toEqual([
    `rule ${made.id} on ${place.group} is left in place: ${shown} claims it now`,
    `rule ${id} on ${place.group} is left in place: ${shown} claims it now`,
  ]);
});

test("the line about a rule left in place omits the secret group", async () => {
  const [rule = {}] = many(1);
  const args = { ...rule, securityGroupId: place.group, owner: STACK, __secrets: ["securityGroupId"] };
  const before = await make(handlerAt(endpoint), args);
  await make(handler, args);
  await handler.delete(before.id, before.outs);
  expect(lines).toEqual([
    `rule ${before.id} on [secret] is left in place: another resource of this program has it now`,
  ]);
});
