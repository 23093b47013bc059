// @ts-check
/** Declares the resources in `program.json` beside this file. */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { EgressRule, EgressRuleSet } = require("pulumi-aws-egress");

/** @type {{ kind: "single" | "set", name: string, alias?: string, args: import("pulumi-aws-egress").EgressRuleArgs & import("pulumi-aws-egress").EgressRuleSetArgs }[]} */
const said = JSON.parse(readFileSync(join(__dirname, "program.json"), "utf8"));

for (const { kind, name, alias, args } of said) {
  const options = alias === undefined ? {} : { aliases: [{ name: alias }] };
  if (kind === "single") new EgressRule(name, args, options);
  else new EgressRuleSet(name, args, options);
}
