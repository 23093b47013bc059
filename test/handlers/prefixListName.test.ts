import { CreateManagedPrefixListCommand, DeleteManagedPrefixListCommand } from "@aws-sdk/client-ec2";
import { makeEgressRule } from "../../provider/handlers/egressRule";
import { known } from "../known";
import { endpoint } from "../world";

let web: string;

beforeAll(async () => {
  web = (await endpoint.makeNetwork()).groupIds[0];
});
beforeEach(async () => endpoint.reset());
afterEach(async () => endpoint.deny([]));

function handler() {
  const config: { [key: string]: string } = {
    "aws:region": "us-east-1",
    "aws:accessKey": "testing",
    "aws:secretKey": "testing",
    "aws:endpoints": JSON.stringify([{ ec2: endpoint.url }]),
    "aws:maxRetries": "0",
  };
  const made = makeEgressRule();
  void made.configure?.({ config: { get: (key) => config[key], require: (key) => config[key] ?? "" } });
  return made;
}

const args = (prefixListName: string) => ({
  securityGroupId: web,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  prefixListName,
});

test("a name becomes the list's id, looked up once for any number of rules", async () => {
  const { check } = handler();
  const ids = await endpoint.prefixLists();
  await endpoint.reset();
  for (const name of [
    "com.amazonaws.{region}.s3",
    "com.amazonaws.us-east-1.s3",
    "com.amazonaws.{region}.s3",
  ]) {
    const result = await check?.({}, args(name));
    expect(result?.failures).toBeUndefined();
    expect(result?.inputs).toMatchObject({ prefixListId: ids["com.amazonaws.us-east-1.s3"] });
    expect(result?.inputs).not.toHaveProperty("prefixListName");
  }
  expect(await endpoint.count()).toEqual({ DescribeManagedPrefixLists: 1 });
});

test("a missing list is a failure, and so is a denied look-up", async () => {
  const { check } = handler();
  const missing = await check?.({}, args("office"));
  expect(missing?.failures).toEqual([
    {
      property: "prefixListName",
      reason: expect.stringContaining('"office": no prefix list has this name in us-east-1'),
    },
  ]);
  await endpoint.deny(["DescribeManagedPrefixLists"]);
  const denied = await check?.({}, args("office"));
  expect(denied?.failures?.[0]?.reason).toContain("Allow ec2:DescribeManagedPrefixLists");
});

test("other failures appear along with the name's, before any call", async () => {
  const result = await handler().check?.(
    {},
    { ...args("office"), prefixListId: "pl-0123456789abcdef0", toPort: 1 },
  );
  expect(result?.failures?.map(({ property }) => property).sort()).toEqual(["prefixListName", "toPort"]);
  expect(await endpoint.count()).toEqual({});
});

test("a deleted list does not count, and a new one of the same name does", async () => {
  const ec2 = endpoint.client();
  const create = async () => {
    const command = new CreateManagedPrefixListCommand({
      PrefixListName: "branches",
      MaxEntries: 5,
      AddressFamily: "IPv4",
    });
    return known((await ec2.send(command)).PrefixList?.PrefixListId);
  };
  const first = await create();
  await ec2.send(new DeleteManagedPrefixListCommand({ PrefixListId: first }));
  const missing = await handler().check?.({}, args("branches"));
  expect(missing?.failures?.[0]?.reason).toContain(
    `no prefix list has this name in us-east-1 any more, ${first} is delete-complete: check`,
  );
  const second = await create();
  const found = await handler().check?.({}, args("branches"));
  expect(found?.inputs).toMatchObject({ prefixListId: second });
});

test("an AWS-managed list of unknown weight is a warning, unless silenced", async () => {
  const warn = jest.spyOn(console, "warn").mockImplementation(() => {});
  const name = "com.amazonaws.us-east-1.something-new";
  const list = { PrefixListName: name, AddressFamily: "IPv4", OwnerId: "AWS", State: "create-complete" };
  const content = Object.entries({ prefixListId: "pl-0123456789abcdef0", ...list })
    .map(
      ([key, value]) =>
        `<${key[0]?.toLowerCase()}${key.slice(1)}>${value}</${key[0]?.toLowerCase()}${key.slice(1)}>`,
    )
    .join("");
  const action = "DescribeManagedPrefixLists";
  const body = `<${action}Response><requestId>1</requestId><prefixListSet><item>${content}</item></prefixListSet></${action}Response>`;
  await endpoint.befall([{ action, times: 2, fault: { kind: "answer", status: 200, body } }]);
  await handler().check?.({}, args(name));
  expect(warn.mock.calls).toEqual([
    [expect.stringContaining(`the prefix list "${name}" has an unknown weight: it is counted as one rule`)],
  ]);
  await handler().check?.({}, { ...args(name), __program: { urn: "urn:rule", silence: ["weight"] } });
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});
