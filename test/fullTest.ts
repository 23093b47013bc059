/** Whether this is `npm run test:all`, which shows all there is, or `npm test`, which shows what breaks most easily. */
export const isFull = process.env.TEST_ALL === "true";

/** A test of `npm run test:all` alone. */
export function fullTest(name: string, body: () => Promise<void>, timeout?: number): void {
  if (isFull) test(name, body, timeout);
}

/** All rows of a table for `npm run test:all`, and for `npm test` those that are meant. */
export function rowsOf<Row>(rows: readonly Row[], isMeant: (row: Row) => boolean): readonly Row[] {
  return isFull ? rows : rows.filter(isMeant);
}
