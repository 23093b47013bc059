/** What a soak has done so far. */
export interface Counts {
  steps: number;
  ups: number;
  refreshes: number;
  previews: number;
  /** Changes of the program, and manual changes. */
  edits: number;
  drifts: number;
  /** Calls to EC2, and those that failed on purpose. */
  calls: number;
  faults: number;
  kills: number;
  differences: number;
}

export function noCounts(): Counts {
  return {
    steps: 0,
    ups: 0,
    refreshes: 0,
    previews: 0,
    edits: 0,
    drifts: 0,
    calls: 0,
    faults: 0,
    kills: 0,
    differences: 0,
  };
}
