import { EgressRuleSet, type SetRuleArgs } from "../../index";
import { endpoint } from "../world";
import { newStack } from "./newStack";

const tcp = (port: number, description?: string): SetRuleArgs => ({
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrIpv4: "10.0.0.0/8",
  description,
});

test("preview and up each report the changes in one line, and a refresh and a destroy do not", async () => {
  const [securityGroupId = ""] = await endpoint.makeGroups(1);
  const stack = await newStack();
  const program = (rules: readonly SetRuleArgs[]) => async () => {
    new EgressRuleSet("web", { securityGroupId, exclusive: true, rules });
  };
  const line = (ran: { readonly printed: string }) => ran.printed.match(/web: .*/g);
  const comes = program([tcp(443), tcp(22)]);
  const made = ["web: + tcp 22 to 10.0.0.0/8, + tcp 443 to 10.0.0.0/8"];
  expect(line(await stack.preview(comes))).toEqual(made);
  expect(line(await stack.up(comes))).toEqual(made);
  expect(line(await stack.up(comes, { refresh: true }))).toBeNull();

  const goes = program([tcp(443, "updates")]);
  const changed = ["web: - tcp 22 to 10.0.0.0/8, 1 description"];
  expect(line(await stack.preview(goes))).toEqual(changed);
  expect(line(await stack.up(goes, { refresh: true }))).toEqual(changed);
  expect(line(await stack.refresh())).toBeNull();
  expect(line(await stack.destroy({ runProgram: true }))).toBeNull();
});
