/** Characters requested at a time. Slices lie on a fixed grid, so that two visits to a place read the same slice. */
export const sliceLength = 30_000;
/** Slices kept on screen; the farthest are removed. */
export const slicesKept = 4;

/** The beginning of the slice that contains the place. */
export const sliceStart = (place: number): number => Math.max(0, Math.floor(place / sliceLength) * sliceLength);

/** The slice before the first and after the last loaded one, or undefined at the ends of the text. */
export const previousSlice = (firstStart: number): number | undefined => (firstStart > 0 ? sliceStart(firstStart - 1) : undefined);
export const nextSlice = (lastStart: number, characters: number): number | undefined =>
  lastStart + sliceLength < characters ? lastStart + sliceLength : undefined;

/** Spans of several slices as one list without duplicates: a span may come with several of them. */
export const joinSpans = <S extends { kind: string; start: number; end: number }>(lists: readonly (readonly S[])[]): S[] => {
  const seen = new Set<string>();
  const joined: S[] = [];
  for (const list of lists) {
    for (const span of list) {
      const name = `${span.kind}:${span.start}:${span.end}`;
      if (seen.has(name)) continue;
      seen.add(name);
      joined.push(span);
    }
  }
  return joined;
};
