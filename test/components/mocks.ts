import * as pulumi from "@pulumi/pulumi";
import { isRecord, type UnknownRecord } from "../../provider/rule/record";

/** A resource that a program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly [name: string]: unknown };
}

/** Every other resource that programs may register, with the outputs that only a cloud would know. */
const OUTPUTS: { readonly [type: string]: (name: string) => { readonly [name: string]: unknown } } = {
  "pulumi-nodejs:dynamic/aws-egress:EgressRule": (name) => ({ securityGroupRuleId: `sgr-of-${name}` }),
  "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet": () => ({ ruleIds: {} }),
  "aws:ec2/securityGroup:SecurityGroup": () => ({}),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": () => ({}),
  "aws:ec2/vpc:Vpc": () => ({}),
  "aws:ec2/managedPrefixList:ManagedPrefixList": () => ({}),
  "aws-native:ec2:SecurityGroup": () => ({}),
  "aws-native:ec2:Subnet": () => ({}),
  "aws:acme:Network": () => ({}),
  "acme:net:Firewall": () => ({}),
  "pulumi:providers:aws": () => ({}),
  "pulumi:providers:random": () => ({}),
  "pulumi:pulumi:Stack": () => ({}),
};

/** Runs programs without an engine: records their registrations, and throws on unknown resources. */
export async function mockPulumi(
  config: { [key: string]: string } = {},
  organization?: string,
): Promise<Registered[]> {
  const registered: Registered[] = [];
  // These mocks ignore late registrations of the previous program.
  await pulumi.runtime.disconnect();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const outputs = type.startsWith("aws-egress:index:") ? () => ({}) : OUTPUTS[type];
        if (!outputs) throw new Error(`no mock of ${type}, which "${name}" is`);
        registered.push({ type, name, inputs });
        return { id: `${name}-id`, state: { ...inputs, ...outputs(name) } };
      },
      call: ({ token }) => {
        throw new Error(`no mock of ${token}`);
      },
    },
    "shop",
    "test",
    undefined,
    organization,
  );
  pulumi.runtime.setAllConfig(config);
  return registered;
}

/** The value of an Output, once everything it waits for is registered. */
export function resolved<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value)));
}

/** The warnings of a program that creates resources in a stack and waits for nothing. */
export async function warnedBy(program: () => pulumi.Resource[]): Promise<string[]> {
  await mockPulumi();
  const warn = jest.spyOn(console, "warn").mockImplementation(() => {});
  let made: pulumi.Resource[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    made = program();
  });
  for (const resource of made) await resolved(resource.urn);
  await pulumi.runtime.disconnect();
  const warned = warn.mock.calls.map(([text]) => String(text).replace("warning: [runtime] ", ""));
  warn.mockRestore();
  return warned;
}

/** The rules that a component passes to its set, once that is registered. */
export async function rulesOfSet(
  component: { readonly ruleIds: pulumi.Output<unknown> },
  registered: readonly Registered[],
): Promise<UnknownRecord[]> {
  await resolved(component.ruleIds);
  const [set, ...others] = registered.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  if (set === undefined || others.length > 0) throw new Error("a component makes one set, and no more");
  if (!Array.isArray(set.inputs.rules)) throw new Error("not a list of rules");
  return set.inputs.rules.filter(isRecord);
}
