export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The endpoint left out what it always gives");
  return value;
}
