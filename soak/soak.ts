import { type Endpoint, startEndpoint } from "../test/ec2/endpoint";
import { makeStack } from "../test/engine/stack";
import type { Site } from "./carryOut";
import { idsByKey } from "./compare";
import { type Counts, noCounts } from "./counts";
import { destroyAll } from "./destroyAll";
import { Difference } from "./difference";
import { look, oneStep, type Stand } from "./oneStep";
import { programOf } from "./program";
import { randomOf } from "./random";
import { defaultRule } from "./settled";
import { DEFAULT_TAGS, PROJECT, STACK, withIds } from "./world";

export interface SoakOptions {
  readonly seed: number;
  /** Whether to continue after this many steps. */
  readonly goesOn: (counts: Counts) => boolean;
  readonly say: (text: string) => void;
}

export interface Soaked {
  readonly counts: Counts;
  /** The finding, and the steps before it, if a step ended wrong. */
  readonly failure?: string;
}

const GROUPS = 10;
/** Few enough that lasting faults reach the program. */
const MAX_RETRIES = 3;

/** Runs one random program after another, until time is up or a result differs from the model. */
export async function soak({ seed, goesOn, say }: SoakOptions): Promise<Soaked> {
  const endpoint = await startEndpoint({ plain: false });
  const counts = noCounts();
  const random = randomOf(seed, 0);
  const parallel = random.pick([undefined, 4, 64]);
  const stack = await makeStack(endpoint, {
    project: PROJECT,
    name: STACK,
    config: {
      "aws:defaultTags": JSON.stringify({ tags: DEFAULT_TAGS }),
      "aws:maxRetries": String(MAX_RETRIES),
    },
    ...(parallel !== undefined && { parallel }),
  });
  try {
    const groups = await endpoint.makeGroups(GROUPS + 2);
    const own = groups.slice(0, GROUPS);
    const places = { groups: groups.slice(GROUPS - 1), prefixLists: await lightLists(endpoint) };
    const on = { groups: own, places };
    const byHand = endpoint.client({ credentials: { accessKeyId: "onlooker", secretAccessKey: "testing" } });
    const site: Site = { endpoint, stack, byHand, counts };
    // The first `up` creates the stack itself.
    await stack.up(programOf(random, new Map(), new Map()));
    await endpoint.reset();
    const found = await look(endpoint, stack, own);
    const strangers = own.map(defaultRule);
    let stand: Stand = { found, world: withIds({ resources: new Map(), strangers }, idsByKey(found)) };
    const failureOf = (error: unknown, where: string): Soaked => {
      if (!(error instanceof Difference)) throw new Error(`${where} could not be done`, { cause: error });
      counts.differences += error.found.length;
      return { counts, failure: `${where}:\n${error.message}` };
    };
    while (goesOn(counts)) {
      counts.steps += 1;
      try {
        const { text, ...next } = await oneStep(site, randomOf(seed, counts.steps), stand, on);
        stand = next;
        say(`${counts.steps}: ${text}`);
      } catch (error) {
        return failureOf(error, `seed ${seed}, step ${counts.steps}`);
      }
    }
    try {
      await destroyAll(site, random, stand, on);
    } catch (error) {
      return failureOf(error, `seed ${seed}, the destroy after step ${counts.steps}`);
    }
    return { counts };
  } finally {
    await stack.remove();
    await endpoint.stop();
  }
}

/** The prefix lists that count as one rule each, like all other destinations. */
async function lightLists(endpoint: Endpoint): Promise<string[]> {
  const lists = await endpoint.prefixLists();
  const names = ["s3", "dynamodb"].map((service) => `com.amazonaws.us-east-1.${service}`);
  return names.flatMap((name) => lists[name] ?? []);
}
