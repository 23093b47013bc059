import * as pulumi from "@pulumi/pulumi";
import { egressMatchers, recordEgress } from "pulumi-aws-egress/testing";

expect.extend(egressMatchers);
const egress = recordEgress();

const APP = "sg-00000000000000001";
const DATABASE = "sg-00000000000000002";

beforeAll(async () => {
  await pulumi.runtime.setMocks(egress, "shop", "test");
  pulumi.runtime.setAllConfig({ "shop:appGroupId": APP, "shop:databaseGroupId": DATABASE });
  // Only now, because a program makes its resources while it loads.
  require("./index");
});

test("the application reaches its database and its partner, and nothing else", async () => {
  expect(await egress.rules({ securityGroup: APP })).toAllowOnly([
    { protocol: "tcp", port: 5432, to: DATABASE },
    { protocol: "tcp", port: 443, to: "203.0.113.0/24" },
    { protocol: "tcp", port: 443, to: "2001:db8:7::/48" },
  ]);
});

test("the application reaches every address of its partner, by HTTPS only", async () => {
  const rules = await egress.rules();
  expect(rules).toAllow({ protocol: "tcp", port: 443, to: "203.0.113.7" });
  expect(rules).toDeny({ protocol: "tcp", port: 80, to: "203.0.113.7" });
});

test("nothing reaches the rest of the network", async () => {
  expect(await egress.rules()).toDeny({ protocol: "all", to: "10.0.0.0/8" });
});
