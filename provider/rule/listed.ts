/** The first few texts, and the number of the rest: `one, two and 3 more`. */
export function listed(texts: readonly string[], most: number, separator = ", "): string {
  const named = texts.slice(0, most).join(separator);
  return texts.length <= most ? named : `${named} and ${texts.length - most} more`;
}
