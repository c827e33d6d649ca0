import type { Collection } from '@shared/model';

/** A collection with its depth (0 at the top) and the names of those in which it lies, from the outermost. */
export interface Shelf<One> {
  collection: One;
  depth: number;
  above: readonly string[];
}

type Node = Pick<Collection, 'id' | 'name' | 'parentId'>;

/** Collections in the order of a tree: each followed by those in it. One whose parent is not among them stands at the top. */
export const collectionTree = <One extends Node>(collections: readonly One[]): Shelf<One>[] => {
  const known = new Set(collections.map(({ id }) => id));
  const children = new Map<string | null, One[]>();
  for (const collection of collections) {
    const parent = collection.parentId !== null && known.has(collection.parentId) ? collection.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), collection]);
  }
  const walk = (parent: string | null, above: readonly string[]): Shelf<One>[] =>
    (children.get(parent) ?? []).flatMap((collection) => [
      { collection, depth: above.length, above },
      ...walk(collection.id, [...above, collection.name]),
    ]);
  return walk(null, []);
};

/** The ids of a collection and of all below it. */
export const idsWithin = (collections: readonly Node[], id: string): Set<string> => {
  const within = new Set([id]);
  for (let before = 0; before !== within.size; ) {
    before = within.size;
    for (const collection of collections) if (collection.parentId !== null && within.has(collection.parentId)) within.add(collection.id);
  }
  return within;
};

/** The names of a collection and of those in which it lies, as a path. */
export const pathOf = ({ collection, above }: Shelf<Node>): string => [...above, collection.name].join(' / ');
