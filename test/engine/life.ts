import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { known } from "../known";
import { endpoint } from "../world";
import { makeStack, type Ran, type StateResource, type Step, type TestStack } from "./stack";

/** A stack that tests many things in one run, each with a resource on a group in its own Region. */
export interface Life {
  readonly stack: TestStack;
  readonly placeOf: (name: string) => Place;
  /** Runs a command, and inspects the result. */
  readonly after: (command: (stack: TestStack) => Promise<Ran>) => Promise<Moment>;
}

/** Where a resource is. */
export interface Place {
  readonly securityGroupId: string;
  readonly region: string;
}

export interface Moment extends Ran {
  readonly of: (name: string) => Of;
}

/** What a command did with a resource, and the result. */
export interface Of {
  readonly step: Step | undefined;
  /** The requests to EC2, in the order of arrival. */
  readonly actions: readonly string[];
  /** All rules of its group, including the initial one. */
  readonly rules: readonly SecurityGroupRule[];
  readonly state: StateResource | undefined;
}

/** @param names of the resources, which become parts of Region names, and so contain no digits */
export async function makeLife(names: readonly string[]): Promise<Life> {
  const places = new Map<string, Place>();
  for (const name of names) {
    const region = `us-${name}-1`;
    const [securityGroupId = ""] = await endpoint.makeGroups(1, region);
    places.set(name, { securityGroupId, region });
  }
  const stack = await makeStack(endpoint);
  return {
    stack,
    placeOf: (name) => known(places.get(name)),
    after: async (command) => {
      await endpoint.reset();
      const ran = await command(stack);
      const calls = await endpoint.calls();
      const resources = await stack.resources();
      const rules = new Map<string, readonly SecurityGroupRule[]>();
      for (const [name, { securityGroupId, region }] of places) {
        rules.set(name, await endpoint.rules(securityGroupId, region));
      }
      const of = (name: string) => ({
        step: ran.steps.get(name),
        actions: calls.flatMap(({ region, action }) => (region === places.get(name)?.region ? [action] : [])),
        rules: rules.get(name) ?? [],
        state: resources.find(({ urn }) => urn.endsWith(`::${name}`)),
      });
      return { ...ran, of };
    },
  };
}
