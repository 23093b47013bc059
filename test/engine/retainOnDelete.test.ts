import { allow, EgressPolicy, EgressRule } from "../../index";
import { endpoint } from "../world";
import { LAN } from "./lan";
import { newStack } from "./newStack";

test("with retainOnDelete, rules stay in EC2 when their resources leave the program", async () => {
  const [web = "", app = ""] = await endpoint.makeGroups(2);
  const stack = await newStack();
  const options = { retainOnDelete: true };
  await stack.up(async () => {
    new EgressRule("to-lan", { securityGroupId: web, ...LAN }, options);
    new EgressPolicy("app", { securityGroup: app, allow: [allow.https("10.0.0.0/16")] }, options);
  });
  const rulesOf = async () => [...(await endpoint.rules(web)), ...(await endpoint.rules(app))];
  const before = await rulesOf();

  const gone = await stack.up(async () => {});
  expect(gone.ok).toBe(true);
  expect(await stack.resources()).toEqual([]);
  expect(await rulesOf()).toEqual(before);
});
