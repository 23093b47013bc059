// @ts-check
/** A program of many rules, with this package's resources or with dynamic resources that do nothing. */
const pulumi = require("@pulumi/pulumi");
const { EgressRule } = require("pulumi-aws-egress");

const { WHICH, COUNT, GROUPS = "" } = process.env;
const groups = GROUPS.split(",");

const provider = {
  /** @param {object} inputs */
  async create(inputs) {
    return { id: "made", outs: inputs };
  },
  async diff() {
    return { changes: false };
  },
};

class Trivial extends pulumi.dynamic.Resource {}

for (let place = 0; place < Number(COUNT); place++) {
  const rule = {
    securityGroupId: groups[place % groups.length] ?? "",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: `10.${place >> 8}.${place & 255}.0/24`,
    description: "updates",
  };
  if (WHICH === "rules") new EgressRule(`rule-${place}`, rule);
  else new Trivial(provider, `rule-${place}`, rule);
}
