import { allow, EgressPolicy, type Intent } from "../../index";
import { mockPulumi, resolved } from "../components/mocks";
import { rowsOf } from "../fullTest";
import { known } from "../known";
import { endpoint } from "../world";
import {
  change,
  errorOf,
  type Handler,
  handlerAt,
  make,
  type Props,
  type Resource,
  refresh,
} from "./handler";
import { place } from "./ownPlace";
import { destination, type Kind, STACK } from "./place";
import { setsAt } from "./ruleSet/sets";

// The whole life of every kind of rule, on any emulator in the environment: docs/reference/emulators.md lists the
// results.

const { EC2_ENDPOINT } = process.env;

const TRAFFIC = {
  tcp: { ipProtocol: "tcp", fromPort: 443, toPort: 443 },
  udp: { ipProtocol: "udp", fromPort: 53, toPort: 53 },
  icmp: { ipProtocol: "icmp", fromPort: 8, toPort: 0 },
  icmpv6: { ipProtocol: "icmpv6" },
  "protocol 50": { ipProtocol: "50" },
  "all traffic": { ipProtocol: "-1" },
};
type Traffic = keyof typeof TRAFFIC;

const KINDS = ["IPv4", "IPv6", "a group", "a prefix list"] as const satisfies readonly Kind[];

const FORMS: { readonly [name: string]: { handler: () => Handler; args: (rule: Props) => Props } } = {
  EgressRule: {
    handler: () => handlerAt(endpoint),
    args: (rule) => ({ ...rule, securityGroupId: place.group, owner: STACK }),
  },
  // Two rules, so that they go in one request.
  EgressRuleSet: {
    handler: () => setsAt(endpoint),
    args: (rule) => ({
      rules: [rule, { ...rule, ipProtocol: "tcp", fromPort: 1, toPort: 2 }],
      securityGroupId: place.group,
      owner: STACK,
    }),
  },
};

/** What an emulator cannot do with such a rule; the strict one can do everything. */
function lacking(form: string, traffic: Traffic, kind: Kind): readonly Step[] {
  if (EC2_ENDPOINT === undefined) return [];
  const hasPorts = !["protocol 50", "all traffic"].includes(traffic);
  // moto drops descriptions of groups and lists, and cannot change a rule without ports.
  if (EC2_ENDPOINT === "plain") {
    if (hasPorts) return [];
    return kind === "IPv4" || kind === "IPv6" ? ["change"] : ["create", "change"];
  }
  // ministack returns no prefix list, so a set cannot tell its rules of one request apart, nor keep them in state.
  if (kind !== "a prefix list") return [];
  return form === "EgressRule" ? ["read"] : ["create", "read", "change", "delete"];
}

type Step = "create" | "read" | "change" | "delete";

const cases = Object.keys(FORMS).flatMap((form) =>
  (["tcp", "udp", "icmp", "icmpv6", "protocol 50", "all traffic"] as const).flatMap((traffic) =>
    KINDS.map((kind) => [form, traffic, kind] as const),
  ),
);

test.each(rowsOf(cases, ([, traffic]) => traffic === "protocol 50"))(
  "%s: %s to %s",
  async (form, traffic, kind) => {
    const { handler, args } = FORMS[form] ?? {
      handler: () => handlerAt(endpoint),
      args: (rule: Props) => rule,
    };
    const rule = { ...TRAFFIC[traffic], ...destination(kind, place) };
    const lacks = lacking(form, traffic, kind);
    /** Runs one operation, or fails with a sentence that names the endpoint and keeps the cause. */
    const step = async (name: Step, kept: Resource, run: () => Promise<Resource | undefined>) => {
      if (!lacks.includes(name)) return run();
      const error = await errorOf(run());
      expect(error.message).toContain(endpoint.url);
      const { id = kept.id, properties = kept.outs }: { id?: string; properties?: Props } = Object(error);
      return { ...kept, id, outs: properties };
    };
    const isAs = async (resource: Resource, wanted: Props) => {
      const found = await step("read", resource, () => refresh(handler(), resource));
      if (found === undefined) throw new Error("It is gone");
      if (lacks.length > 0) return;
      const { inputs } = await handler().check(found.inputs, args(wanted));
      expect(await handler().diff(found.id, found.outs, inputs)).toMatchObject({ changes: false });
    };

    const first = { ...rule, description: "first", tags: { Team: "web" } };
    const none = { id: "", inputs: {}, outs: {} };
    const made = await step("create", none, () => make(handler(), args(first)));
    if (made?.id) {
      await isAs(made, first);
      const second = { ...rule, description: "second", tags: { Team: "ops" } };
      const changed = await step("change", made, () => change(handler(), made, args(second)));
      if (changed === undefined) throw new Error("It is gone");
      await isAs(changed, second);
      await handler().delete(changed.id, changed.outs);
    }
    if (!lacks.includes("delete")) expect(await endpoint.rules(place.group)).toEqual([]);
  },
);

/** The arguments of a policy's set. */
async function setOf(intents: readonly Intent[]): Promise<Props> {
  const registered = await mockPulumi();
  const policy = new EgressPolicy("web", { securityGroup: place.group, allow: intents });
  await resolved(policy.ruleIds);
  const { inputs } = known(registered.find(({ type }) => type.endsWith(":EgressRuleSet")));
  return { ...inputs, securityGroupId: place.group, owner: STACK };
}

test("an exclusive EgressPolicy of intents", async () => {
  // ministack returns no prefix list, and has none of AWS's.
  const hasLists = EC2_ENDPOINT === undefined || EC2_ENDPOINT === "plain";
  const common = [
    allow.https(["10.0.0.0/16", "2001:db8::/32"]),
    allow.postgres(place.other),
    allow.ping("192.0.2.0/24"),
    allow.ipsec("192.0.2.1/32"),
    ...(hasLists ? [allow.s3()] : []),
  ];
  // Each is its own engine run.
  const run = () => setsAt(endpoint);
  const made = await make(run(), await setOf([...common, allow.ssh("10.0.0.0/8")]));
  const wanted = hasLists ? 10 : 9;
  expect(await endpoint.rules(place.group)).toHaveLength(wanted);

  const found = known(await refresh(run(), made));
  const { inputs } = await run().check(found.inputs, await setOf([...common, allow.ssh("10.0.0.0/8")]));
  expect(await run().diff(found.id, found.outs, inputs)).toMatchObject({ changes: false });

  const changed = known(await change(run(), found, await setOf(common)));
  expect(await endpoint.rules(place.group)).toHaveLength(wanted - 1);
  await run().delete(changed.id, changed.outs);
  expect(await endpoint.rules(place.group)).toEqual([]);
});
