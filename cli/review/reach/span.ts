/** From `start` up to `end`, which is not in it: so that neighbours meet without a step of one. */
export interface Span<N extends number | bigint> {
  readonly start: N;
  readonly end: N;
}

/** The same values in the fewest spans, in order. */
export function joined<N extends number | bigint>(spans: readonly Span<N>[]): Span<N>[] {
  if (spans.length < 2) return [...spans];
  const inOrder = [...spans].sort((one, other) => compare(one.start, other.start));
  const result: Span<N>[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last === undefined || last.end < span.start) result.push(span);
    else if (last.end < span.end) result[result.length - 1] = { start: last.start, end: span.end };
  }
  return result;
}

/** What of the first is not in the second. Both are in order, and neither meets itself. */
export function subtracted<N extends number | bigint>(
  spans: readonly Span<N>[],
  others: readonly Span<N>[],
): Span<N>[] {
  const result: Span<N>[] = [];
  for (const { start, end } of spans) {
    let from = start;
    for (const other of others) {
      if (other.end <= from) continue;
      if (other.start >= end) break;
      if (other.start > from) result.push({ start: from, end: other.start });
      from = other.end;
    }
    if (from < end) result.push({ start: from, end });
  }
  return result;
}

/** What is in both. */
export function shared<N extends number | bigint>(
  spans: readonly Span<N>[],
  others: readonly Span<N>[],
): Span<N>[] {
  return subtracted(spans, subtracted(spans, others));
}

export function meet<N extends number | bigint>(one: Span<N>, other: Span<N>): boolean {
  return one.start < other.end && other.start < one.end;
}

export function within<N extends number | bigint>(outer: Span<N>, inner: Span<N>): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function compare<N extends number | bigint | string>(one: N, other: N): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
