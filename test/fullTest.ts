/** Whether this is `npm run test:all`, with every case, or `npm test`, with the most fragile ones. */
export const isFull = process.env.TEST_ALL === "true";

/** A test that only `npm run test:all` runs. */
export function fullTest(name: string, body: () => Promise<void>, timeout?: number): void {
  if (isFull) test(name, body, timeout);
}

/** All rows of a table for `npm run test:all`, and the selected ones for `npm test`. */
export function rowsOf<Row>(rows: readonly Row[], isMeant: (row: Row) => boolean): readonly Row[] {
  return isFull ? rows : rows.filter(isMeant);
}
