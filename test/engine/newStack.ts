import { endpoint } from "../world";
import { makeStack, type StackOptions, type TestStack } from "./stack";

const stacks: TestStack[] = [];

afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.remove();
});

/** A stack that is deleted after its test. */
export async function newStack(options?: StackOptions): Promise<TestStack> {
  const stack = await makeStack(endpoint, options);
  stacks.push(stack);
  return stack;
}
