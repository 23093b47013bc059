import { endpoint } from "../../world";
import type { Handler, Props } from "../handler";
import { makePlace, type Place } from "../place";
import { setsAt } from "./sets";

/** The place of this test file, in which nothing is created. */
export let place: Place;
/** The engine run of one test. */
export let handler: Handler;

beforeAll(async () => {
  place = await makePlace(endpoint);
});

beforeEach(() => {
  handler = setsAt(endpoint);
});

/** Each failure as one line, its property first. */
export async function refusals(args: Props, using = handler): Promise<string[]> {
  const { failures } = await using.check({}, args);
  return failures.map(({ property, reason }) => `${property} ${reason}`.trim());
}
