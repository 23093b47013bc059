/** From `start` up to but not including `end`, so that neighbors share a boundary. */
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

/** The values of the first list that are not in the second. Each list is in order, and its spans do not overlap. */
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

/** The values in both lists. */
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
