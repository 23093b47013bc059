/** What a command was given is not what it should be: its message is for people, and the command ends with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}
