/** The median of several measurements, which one outlier does not move. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = [
    sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
    sorted[middle],
  ];
  return (low + high) / 2;
}

/** The median of a function's results. */
export async function medianOf(runs: number, work: () => Promise<number> | number): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) values.push(await work());
  return median(values);
}
