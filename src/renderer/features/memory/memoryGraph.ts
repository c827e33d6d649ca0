import type { MemoryGraph } from '@shared/model';

/** How strongly two subjects belong together. */
export const weightOf = ({ items, messages }: MemoryGraph['edges'][number]): number => items + messages;

/** For each node the places of those that are mentioned together with it, the most often first. */
export const neighboursIn = ({ nodes, edges }: MemoryGraph): number[][] => {
  const found = nodes.map((): { place: number; weight: number }[] => []);
  for (const edge of edges) {
    const weight = weightOf(edge);
    found[edge.one]?.push({ place: edge.other, weight });
    found[edge.other]?.push({ place: edge.one, weight });
  }
  return found.map((list) => list.sort((a, b) => b.weight - a.weight || a.place - b.place).map(({ place }) => place));
};
