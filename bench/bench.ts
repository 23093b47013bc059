import type { Endpoint } from "../test/ec2/endpoint";
import type { Way } from "./way";

/** The tools of every part of the benchmark. */
export interface Bench {
  readonly endpoint: Endpoint;
  /** Undefined if the machine lacks it. */
  readonly terraform: Way | undefined;
  /** A small run, to check that everything works. */
  readonly quick: boolean;
  readonly say: (what: string) => void;
}

/** The latency of a call to EC2 from a desk, longer than within a Region. */
export const LATENCY = 150;
