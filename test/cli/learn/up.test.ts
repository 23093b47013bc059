import { programOf } from "../../../cli/learn/program";
import { newStack } from "../../engine/newStack";
import { endpoint } from "../../world";
import { runText } from "../generate/runProgram";
import { learnIn } from "./found";
import { FULL_FORMAT } from "./logs/format";
import { dayOf, folderWith, textOf } from "./logs/logs";
import { describedInterfaces, GROUPS } from "./logs/network";

test("an up of the learned program leaves the group with exactly the rules of the policy", async () => {
  const ids = await endpoint.makeGroups(Object.keys(GROUPS).length);
  const idOf = new Map(Object.values(GROUPS).map((group, place) => [group as string, ids[place] ?? ""]));
  const withIds = (text: string) => text.replace(/sg-[0-9a-f]{17}/g, (id) => idOf.get(id) ?? id);
  const web = withIds(GROUPS.web);
  const { rules, records } = dayOf(8);
  const { path, remove } = folderWith({
    "eni.json": withIds(JSON.stringify(describedInterfaces())),
    "logs.txt": textOf(records, FULL_FORMAT),
  });
  try {
    const program = programOf(await learnIn(path, { group: web }));
    const stack = await newStack();
    const { ok, printed } = await stack.up(async () => runText(program));
    expect(printed).not.toContain("error");
    expect(ok).toBe(true);
  } finally {
    remove();
  }
  const lists = new Map(Object.entries(await endpoint.prefixLists()).map(([name, id]) => [id, name]));
  const found = (await endpoint.rules(web)).map(({ IpProtocol, FromPort, ...rule }) => {
    const to =
      rule.CidrIpv4 ??
      rule.CidrIpv6 ??
      rule.ReferencedGroupInfo?.GroupId ??
      lists.get(rule.PrefixListId ?? "");
    return `${IpProtocol === "50" ? "protocol 50" : `${IpProtocol} ${FromPort}`} to ${to}`;
  });
  expect(found.sort()).toEqual(rules.map(withIds).sort());
});
