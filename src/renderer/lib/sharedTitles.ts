/** Those of a list whose title another one has as well, case aside: only their time tells them apart. */
export const sharedTitles = (things: readonly { id: string; title: string }[]): ReadonlySet<string> => {
  const byTitle = Map.groupBy(things, ({ title }) => title.trim().toLowerCase());
  return new Set([...byTitle.values()].flatMap((same) => (same.length > 1 ? same.map(({ id }) => id) : [])));
};
