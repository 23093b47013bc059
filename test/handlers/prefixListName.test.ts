import { makeEgressRule } from "../../provider/handlers/egressRule";
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

test("a name becomes the list's id, looked up once however many rules name it", async () => {
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

test("a list that is not there is a failure, and so is a look-up that is not allowed", async () => {
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

test("other failures come with that of the name, before anything is asked", async () => {
  const result = await handler().check?.(
    {},
    { ...args("office"), prefixListId: "pl-0123456789abcdef0", toPort: 1 },
  );
  expect(result?.failures?.map(({ property }) => property).sort()).toEqual(["prefixListName", "toPort"]);
  expect(await endpoint.count()).toEqual({});
});
