import { reviewOf } from "../../../cli/review/review";
import { text } from "../../../cli/review/write/text";
import { from, model, rule, rules } from "./rules";

const web = from("web", { reason: "calls the shop", source: { file: "index.ts", line: 4 } });
const program = model([
  {
    urn: "urn:pulumi:prod::shop::aws:ec2/securityGroup:SecurityGroup::front",
    before: rules(["tcp 80 to 10.0.0.0/8"]),
    after: rules([rule("tcp 22 to 198.51.100.7/32", web)]),
  },
  { group: "sg-00000001" },
]);

test("shows a group for reading in a terminal", () => {
  expect(text(reviewOf(program), false)).toBe(
    [
      "This change widens and narrows what may leave: 1 of 2 groups, 1 piece of reach opens, 1 piece of reach closes, 2 findings (1 high).",
      "",
      "front (sg-0123456789abcdef0): widens and narrows",
      "  + tcp 22 to 198.51.100.7/32 (1 address)",
      '      web, "calls the shop", index.ts:4',
      "  - tcp 80 to 10.0.0.0/8 (16,777,216 addresses)",
      "      tcp 80 to 10.0.0.0/8",
      "  high admin-ports: SSH (tcp 22) to public addresses: 198.51.100.7/32.",
      "  low live-traffic: May cut traffic: tcp 80 to 10.0.0.0/8 (16,777,216 addresses) closes.",
      "  rules used: IPv4 1 of 60, IPv6 0 of 60",
      "",
      "1 group unchanged.",
      "",
    ].join("\n"),
  );
});

test("colors what opens and what closes only on request", () => {
  const [red, green] = ["\u001b[31m+\u001b[39m", "\u001b[32m-\u001b[39m"];
  expect(text(reviewOf(program), true)).toContain(`  ${red} tcp 22`);
  expect(text(reviewOf(program), true)).toContain(`  ${green} tcp 80`);
});
