import { createPassageVectors, type PassageVectors } from './passageVectors';
import type { QuantisedVector } from './quantise';
import { type OwnerFilter, once, passes, type TextId } from './textId';
import { createTextIds } from './textIds';
import type { Scored } from './topList';
import type { Neighbour, VectorStore } from './vectorStore';

/** Approximate search over the same vectors. Null: not ready for this question, so search exactly. */
export interface Accelerator {
  nearest(query: Float32Array, limit: number, allowed: (label: number) => boolean): Scored[] | null;
  added(label: number): void;
  removed(label: number): void;
  ready(): boolean;
  /** True while it reads, builds or writes in the background. */
  working(): boolean;
  close(): Promise<void>;
}

/** A vector as the database keeps it: `label` numbers its text, and stays the same over restarts. */
export interface LabelledVector {
  label: number;
  id: TextId;
  vector: QuantisedVector;
}

export interface LocalVectorsDeps {
  dimensions: number;
  stored: Iterable<LabelledVector>;
  /** Null when the database no longer has the text. */
  labelOf(id: TextId): number | null;
  /** Makes the approximate search for many vectors; see `hnswAccelerator.ts`. */
  accelerate?: ((vectors: PassageVectors) => Accelerator | null) | undefined;
}

/** The vectors in this process's memory, read from `index.db`. */
export const createLocalVectors = ({ dimensions, stored, labelOf, accelerate }: LocalVectorsDeps): VectorStore => {
  const vectors = createPassageVectors(dimensions);
  /** The owner and the ordinal of each text, by label. */
  const ids = createTextIds();
  /** The label of each text of an owner, by ordinal. */
  const labels = new Map<string, Map<number, number>>();

  const find = ({ owner, ordinal }: TextId): number | undefined => labels.get(owner)?.get(ordinal);
  const note = (label: number, id: TextId): void => {
    ids.set(label, id);
    const known = labels.get(id.owner);
    if (known) known.set(id.ordinal, label);
    else labels.set(id.owner, new Map([[id.ordinal, label]]));
  };
  const drop = (id: TextId): void => {
    const ofOwner = labels.get(id.owner);
    const label = ofOwner?.get(id.ordinal);
    if (!ofOwner || label === undefined) return;
    accelerator?.removed(label);
    vectors.remove(label);
    ids.delete(label);
    ofOwner.delete(id.ordinal);
    if (ofOwner.size === 0) labels.delete(id.owner);
  };
  /** Asks the filter once an owner. A graph also visits texts that were removed a moment ago. */
  const allowedBy = (filter: OwnerFilter): ((label: number) => boolean) => {
    const allowed = once((n) => {
      const owner = ids.owner(n);
      return owner !== undefined && passes(filter, owner);
    });
    return (label) => allowed(ids.ownerOf(label));
  };

  for (const { label, id, vector } of stored) {
    vectors.add(label, vector);
    note(label, id);
  }
  const accelerator = accelerate?.(vectors) ?? null;

  return {
    get count() {
      return vectors.count;
    },
    put: async (items) => {
      for (const { id, vector } of items) {
        const label = labelOf(id);
        const known = find(id);
        // The text behind a label never changes, so neither does its vector.
        if (label === null || label === known) continue;
        if (known !== undefined) drop(id);
        vectors.add(label, vector);
        note(label, id);
        accelerator?.added(label);
      }
    },
    remove: async (gone) => {
      for (const id of gone) drop(id);
    },
    nearest: async (query, limit, filter) => {
      const allowed = allowedBy(filter);
      const found = accelerator?.nearest(query, limit, allowed) ?? vectors.nearest(query, limit, allowed);
      return found.map(({ id, score }): Neighbour => ({ id: ids.get(id), cosine: score }));
    },
    cosines: async (query, asked) =>
      asked.map((id) => {
        const label = find(id);
        return label === undefined ? null : vectors.cosine(label, query);
      }),
    status: () => ({ kind: accelerator?.ready() ? 'hnsw' : 'exact', building: accelerator?.working() ?? false }),
    close: async () => {
      await accelerator?.close();
    },
  };
};
