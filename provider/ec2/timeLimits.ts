/** How long calls may take, in milliseconds. */
export const TIME_LIMITS = {
  /** Until a connection stands. */
  connection: 5_000,
  /** Until an answer begins, and between two parts of one. */
  answer: 60_000,
  /** After so long, a call that fails is not tried again, however many tries it has left. */
  retries: 600_000,
  /** What a preview only tells of it does not wait longer for. */
  preview: 10_000,
};
