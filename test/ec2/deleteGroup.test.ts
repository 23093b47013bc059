import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { idOf, refusal, tcp } from "./rules";
import { authorize, revoke } from "./send";

strictly("DeleteSecurityGroup refuses a group that a rule of another one leads to", async () => {
  const ec2 = endpoint.client();
  const [group = "", other = ""] = await endpoint.makeGroups(2);
  const [rule] = await authorize(ec2, group, [tcp(1, { UserIdGroupPairs: [{ GroupId: other }] })]);
  const remove = () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: other }));
  expect(await refusal(remove())).toMatch(/^DependencyViolation/);
  await revoke(ec2, group, rule ? [idOf(rule)] : []);
  await remove();
  await expect(endpoint.rules(other)).resolves.toEqual([]);
});
