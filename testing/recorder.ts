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

/** Mocks that keep the outbound rules which a program declares. */
export interface EgressRecorder extends pulumi.runtime.Mocks {
  /**
   * The rules of the program, sorted by name, once it registers nothing more.
   *
   * Throws where `pulumi preview` would refuse a rule or EC2 a second one that is the same, where a value is not
   * known, and where a mock has thrown. What a program declares only after a timer or an answer from the network is
   * to be awaited first.
   *
   * @param of which of them: those of one `securityGroup`, by the id that the mocks give it; all by default
   */
  rules(of?: { readonly securityGroup?: string }): Promise<RecordedRule[]>;
}

const RULE = "pulumi-nodejs:dynamic/aws-egress:EgressRule";
const RULE_SET = "pulumi-nodejs:dynamic/aws-egress:EgressRuleSet";
const COMPONENTS = "aws-egress:index:";

const NOTHING_ASKED =
  "recordEgress: no program has registered anything here: give the recorder to pulumi.runtime.setMocks, and only then load the program";

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
 * @param own mocks for the program's other resources, and for its calls. By default a resource has its inputs for
 * outputs and the id `<name>-id`, and a call throws. Rules that the program declares are not asked of them, nor are
 * this package's components.
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
      throw new Error(`no mock answers ${type}: give recordEgress a call({ token, inputs }) that does`);
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

/** A rule or a set that the program declares. What is read, by `get`, has an id and no arguments. */
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

/** What is read has nothing to tell but its id, where no mock says more. */
function defaultResult({ type, name, id, inputs }: pulumi.runtime.MockResourceArgs) {
  const read: { readonly [type: string]: UnknownRecord } = {
    [RULE]: { securityGroupRuleId: id },
    [RULE_SET]: { securityGroupId: id, rules: {}, ruleIds: {} },
  };
  return { id: id || `${name}-id`, state: { ...inputs, ...read[type] } };
}

/** A group without rules may be what is asserted, but a group that nobody knows is a slip. */
function checkGroup(id: string, rules: readonly RecordedRule[], { isId }: GivenOut): void {
  const groups = new Set(rules.map(({ securityGroupId }) => securityGroupId));
  if (groups.has(id) || isId(id)) return;
  throw new Error(
    `recordEgress: no rule is of the group ${quote(id)}, and no mock gave this id: rules are of ${[...groups].join(", ") || "no group at all"}`,
  );
}

/** The first error of a mock: the program may never come to rest after it. */
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
      // Pulumi rejects promises of its own for it, which the test runner is to see while the test still runs.
      turns().then(() => fail(failure));
      throw error;
    }
  };
  return { promise, watch };
}
