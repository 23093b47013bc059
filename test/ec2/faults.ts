/** Which calls are meant; dry runs, and the endpoint's own look-ups, are neither counted nor meant. */
export interface Calls {
  /** The action as EC2 names it, or `*` for any. */
  action: string;
  /** Of one Region alone; if left out, of any. */
  region?: string;
  /** Only those with at least so many permissions, or ids of rules; if left out, any. */
  rules?: number;
  /** Which of them, from 1, in the order of arrival since this was asked for; if left out, the first. */
  nth?: number;
}

/** What befalls some calls; where several mean the same call, the first of them does. */
export interface Befalling extends Calls {
  /** So many, one after the other, from the n-th on; if left out, one. */
  times?: number;
  fault: Fault;
}

export type Fault =
  | ErrorAnswer
  | ForeignAnswer
  /** The connection closes before the call takes effect, without an answer. */
  | { kind: "cutBefore" }
  /** The connection closes after the call took effect: with half of the answer's body sent, or nothing at all. */
  | { kind: "cut"; sent?: "half" | "nothing" }
  /** The call takes effect, and its answer is held back until so long after it arrived. */
  | { kind: "slow"; milliseconds: number };

/** An error in EC2's form: the call never took effect, or it did, and this hides what came of it. */
interface ErrorAnswer {
  kind: "errorBefore" | "errorAfter";
  code: string;
  status: number;
  message?: string;
}

/** Any answer in place of EC2's own: of a server on the way, or of nothing that makes sense. */
interface ForeignAnswer {
  kind: "answer";
  status: number;
  body: string;
  /** The content type; if left out, that of EC2's answers. */
  type?: string;
  /** Before the call takes effect, which it then never does. */
  before?: boolean;
}
