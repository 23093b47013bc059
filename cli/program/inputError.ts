/** A mistake in the input of a command. The message is for the user, and the command exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}
