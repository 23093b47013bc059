import * as pulumi from "@pulumi/pulumi";
import { egressMatchers, recordEgress } from "pulumi-aws-egress/testing";
import { AllowPaymentsApiOut } from "./allowPaymentsApiOut";

expect.extend(egressMatchers);
const egress = recordEgress();

beforeAll(async () => {
  await pulumi.runtime.setMocks(egress, "payments", "test");
  new AllowPaymentsApiOut("sandbox", { securityGroup: "sg-00000000000000001", environment: "sandbox" });
  new AllowPaymentsApiOut("live", { securityGroup: "sg-00000000000000002", environment: "live" });
});

test("sandbox opens the API's port to the sandbox, and nothing else", async () => {
  expect(await egress.rules({ securityGroup: "sg-00000000000000001" })).toAllowOnly([
    { protocol: "tcp", port: 8443, to: "198.51.100.0/28" },
  ]);
});

test("live opens the API's port to both live ranges, and nothing else", async () => {
  expect(await egress.rules({ securityGroup: "sg-00000000000000002" })).toAllowOnly([
    { protocol: "tcp", port: 8443, to: "203.0.113.0/26" },
    { protocol: "tcp", port: 8443, to: "203.0.113.128/26" },
  ]);
});
