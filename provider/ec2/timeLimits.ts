/** Time limits for calls, in milliseconds. */
export const TIME_LIMITS = {
  /** Until a connection stands. */
  connection: 5_000,
  /** Until an answer begins, and between two parts of one. */
  answer: 60_000,
  /** After this time, a failed call is not retried, however many tries it has left. */
  retries: 600_000,
  /** A preview does not wait longer for mere information. */
  preview: 10_000,
};
