import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { quote } from "../provider/rule/failure";
import type { UnknownRecord } from "../provider/rule/record";
import { checkRecorded } from "./checkRecorded";
import { type GivenOut, givenOut } from "./givenOut";
import { plainInputs } from "./plainInputs";
import { turns, untilQuiet } from "./quiet";
import type { Recorded, RecordedRule } from "./recordedRule";
import { type Registered, recordRule } from "./recordRule";
import { recordSet } from "./recordSet";

/** Mocks that record the outbound rules that a program declares. */
export interface EgressRecorder extends pulumi.runtime.Mocks {
  /**
   * Returns the rules of the program, sorted by name, once it stops registering resources.
   *
   * Throws if `pulumi preview` would fail, if EC2 would reject a duplicate, if a value is unknown, or if a mock has
   * thrown. If the program declares resources after a timer or a network response, await that first.
   *
   * @param of the rules to return: those of one `securityGroup`, by the id that the mocks return; by default all
   */
  rules(of?: { readonly securityGroup?: string }): Promise<RecordedRule[]>;
}

const RULE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";
const RULE_SET = "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet";
const COMPONENTS = "aws-egress:index:";

const NOTHING_ASKED =
  "recordEgress: no program has registered any resources: pass the recorder to pulumi.runtime.setMocks before loading the program";

/**
 * Records the outbound rules of a program that runs under Pulumi's mocks.
 *
 * ```ts
 * const egress = recordEgress();
 * beforeAll(async () => {
 *   await pulumi.runtime.setMocks(egress, "project", "stack");
 *   require("./index");
 * });
 * ```
 *
 * @param own mocks for the program's other resources and its calls. By default, the outputs of a resource are its inputs,
 * its id is `<name>-id`, and a call throws. These mocks do not receive this package's resources and components.
 */
export function recordEgress(own: Partial<pulumi.runtime.Mocks> = {}): EgressRecorder {
  const recorded: Recorded[] = [];
  const test = givenOut();
  const broken = firstFailure();
  let asked = 0;

  const newResource: pulumi.runtime.Mocks["newResource"] = async (args) => {
    const source = `resource ${++asked}`;
    const { type } = args;
    const registered = declared(args, plainInputs(args.inputs), test);
    if (registered) {
      recorded.push(registered.recorded);
      return { id: registered.id, state: registered.outputs };
    }
    const isOurs = type.startsWith(COMPONENTS);
    const result = own.newResource && !isOurs ? await own.newResource(args) : defaultResult(args);
    test.note({ type, source, id: result.id, state: result.state });
    return result;
  };
  const call: pulumi.runtime.Mocks["call"] = async (args) => {
    asked++;
    const { token: type, inputs } = args;
    if (!own.call) {
      throw new Error(
        `no mock answers ${type}: pass recordEgress a call({ token, inputs }) function that does`,
      );
    }
    const state = await own.call(args);
    test.note({ type, source: `${type} ${inspect(inputs)}`, id: state.id, state });
    return state;
  };

  return {
    newResource: (args) => broken.watch(`${args.type} "${args.name}"`, () => newResource(args)),
    call: (args) => broken.watch(args.token, () => call(args)),
    async rules({ securityGroup } = {}) {
      await Promise.race([untilQuiet(() => asked), broken.promise]);
      if (asked === 0) throw new Error(NOTHING_ASKED);
      const rules = checkRecorded(recorded, test);
      if (securityGroup === undefined) return rules;
      checkGroup(securityGroup, rules, test);
      return rules.filter((rule) => rule.securityGroupId === securityGroup);
    },
  };
}

/** Records a rule or a set that the program declares. One that it reads, with `get`, has an id and no arguments. */
function declared(
  { type, name, id }: pulumi.runtime.MockResourceArgs,
  inputs: UnknownRecord,
  test: GivenOut,
): Registered | undefined {
  const region = new pulumi.Config("aws").get("region");
  if (type === RULE && (!id || inputs.ipProtocol !== undefined))
    return recordRule(name, inputs, test, region);
  if (type === RULE_SET && (!id || inputs.rules !== undefined)) return recordSet(name, inputs, test, region);
  return undefined;
}

/** A resource that the program reads has no outputs but its id, unless a mock returns more. */
function defaultResult({ type, name, id, inputs }: pulumi.runtime.MockResourceArgs) {
  const read: { readonly [type: string]: UnknownRecord } = {
    [RULE]: { securityGroupRuleId: id },
    [RULE_SET]: { securityGroupId: id, rules: {}, ruleIds: {} },
  };
  return { id: id || `${name}-id`, state: { ...inputs, ...read[type] } };
}

/** A test may assert that a group has no rules, but an id that no mock returned is a mistake. */
function checkGroup(id: string, rules: readonly RecordedRule[], { isId }: GivenOut): void {
  const groups = new Set(rules.map(({ securityGroupId }) => securityGroupId));
  if (groups.has(id) || isId(id)) return;
  throw new Error(
    `recordEgress: no rule is on the group ${quote(id)}, and no mock returned this id: the groups with rules are ${[...groups].join(", ") || "none"}`,
  );
}

/** Rejects with the first error of a mock, because the program may never settle after it. */
function firstFailure() {
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, reject) => {
    fail = reject;
  });
  promise.catch(() => {});
  const watch = async <T>(what: string, run: () => T | Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const failure = new Error(`recordEgress: the mock of ${what} failed: ${reason}`, { cause: error });
      // Pulumi also rejects promises of its own; the test runner must see them while the test still runs.
      turns().then(() => fail(failure));
      throw error;
    }
  };
  return { promise, watch };
}
