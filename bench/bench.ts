import type { Endpoint } from "../test/ec2/endpoint";
import type { Way } from "./way";

/** What every part of the benchmark works with. */
export interface Bench {
  readonly endpoint: Endpoint;
  /** Undefined where the machine has none. */
  readonly terraform: Way | undefined;
  /** A small run, to see that everything works. */
  readonly quick: boolean;
  readonly say: (what: string) => void;
}

/** What a call to EC2 takes from a person's desk, and more than what it takes within a Region. */
export const LATENCY = 150;
