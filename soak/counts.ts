/** What a soak has done so far. */
export interface Counts {
  steps: number;
  ups: number;
  refreshes: number;
  previews: number;
  /** Changes of the program, and changes that people made by hand. */
  edits: number;
  drifts: number;
  /** Calls that EC2 got, and those of them that went wrong as asked for. */
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
