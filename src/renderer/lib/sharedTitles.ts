/** The ids of items whose title another item has as well, ignoring case: only their time distinguishes them. */
export const sharedTitles = (things: readonly { id: string; title: string }[]): ReadonlySet<string> => {
  const byTitle = Map.groupBy(things, ({ title }) => title.trim().toLowerCase());
  return new Set([...byTitle.values()].flatMap((same) => (same.length > 1 ? same.map(({ id }) => id) : [])));
};
