/** The items that succeeded, and the first error of the others. */
export interface Outcome<Item> {
  done: Item[];
  failed: Item[];
  error: unknown;
}

/** Runs an action on each of many items, a few at a time; one that fails does not stop the others. */
export const forEachOf = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  atOnce = 20,
): Promise<Outcome<Item>> => {
  const outcome: Outcome<Item> = { done: [], failed: [], error: undefined };
  for (let at = 0; at < items.length; at += atOnce) {
    const part = items.slice(at, at + atOnce);
    const results = await Promise.allSettled(part.map(work));
    for (const [index, result] of results.entries()) {
      const item = part[index] as Item;
      if (result.status === 'fulfilled') outcome.done.push(item);
      else {
        outcome.error ??= result.reason;
        outcome.failed.push(item);
      }
    }
  }
  return outcome;
};

/** Documents that get the same collections. */
export interface Assignment {
  ids: string[];
  collectionIds: string[];
}

/** The fewest calls that put each document into its collections: those with the same ones together, at most `most` in a call. */
export const assignments = (wanted: readonly { id: string; collectionIds: readonly string[] }[], most = 1_000): Assignment[] => {
  const groups = new Map<string, Assignment>();
  for (const { id, collectionIds } of wanted) {
    const sorted = collectionIds.toSorted();
    const group = groups.get(sorted.join()) ?? { ids: [], collectionIds: sorted };
    group.ids.push(id);
    groups.set(sorted.join(), group);
  }
  return [...groups.values()].flatMap(({ ids, collectionIds }) =>
    Array.from({ length: Math.ceil(ids.length / most) }, (_, part) => ({ ids: ids.slice(part * most, (part + 1) * most), collectionIds })),
  );
};

/** Parts of at most a thousand ids, as one call takes them. */
export const slicesOf = (ids: readonly string[], most = 1_000): string[][] =>
  Array.from({ length: Math.ceil(ids.length / most) }, (_, part) => ids.slice(part * most, (part + 1) * most));
