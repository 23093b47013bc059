// @ts-check
/**
 * A program with forty destinations, timed under Pulumi's mocks. It is JavaScript, because Pulumi's stack traces use
 * source maps for each resource, and a compiler's share would distort the measurement.
 */
const pulumi = require("@pulumi/pulumi");
const { EgressRule } = require("pulumi-aws-egress");

const COUNT = 40;
const destinations = Array.from({ length: COUNT }, (_, place) => `10.${place}.0.0/16`);

class Bare extends pulumi.CustomResource {}

/** The properties of an EgressRule: its inputs, and the names of its outputs. */
const PROPERTIES = {
  securityGroupId: "sg-0123456789abcdef0",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv6: undefined,
  prefixListId: undefined,
  referencedSecurityGroupId: undefined,
  referencedSecurityGroupOwnerId: undefined,
  description: "HTTPS",
  tags: undefined,
  tagsAll: undefined,
  region: undefined,
  securityGroupRuleId: undefined,
  arn: undefined,
  owner: "shop/test",
  __program: { silence: [] },
  __provider: "exports.handler = () => undefined;",
};

/** @type {Record<string, () => void>} */
const programs = {
  ours: () => {
    const parent = new pulumi.ComponentResource("bench:index:Web", "web");
    for (const cidrIpv4 of destinations) {
      const args = {
        securityGroupId: "sg-0123456789abcdef0",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
      };
      new EgressRule(`web-tcp-443-${cidrIpv4}`, args, { parent });
    }
  },
  bare: () => {
    const parent = new pulumi.ComponentResource("bench:index:Web", "web");
    for (const cidrIpv4 of destinations) {
      const name = `web-tcp-443-${cidrIpv4}`;
      new Bare("bench:index:Rule", name, { ...PROPERTIES, cidrIpv4 }, { parent });
    }
  },
};

/** @param {string} which */
async function declare(which) {
  let left = COUNT + 1;
  /** @type {() => void} */
  let done = () => {};
  /** @type {Promise<void>} */
  const all = new Promise((resolve) => {
    done = resolve;
  });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => {
        left -= 1;
        if (left === 0) done();
        return { id: `${name}-id`, state: inputs };
      },
      call: () => ({}),
    },
    "shop",
    "test",
  );
  const since = performance.now();
  programs[which]?.();
  const constructed = performance.now() - since;
  await all;
  return { constructed, registered: performance.now() - since };
}

declare(process.argv[2] ?? "").then((declared) => process.send?.(declared));
