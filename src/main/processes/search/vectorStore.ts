import type { QuantisedVector } from './quantise';
import type { OwnerFilter, TextId } from './textId';

export interface StoredVector {
  id: TextId;
  vector: QuantisedVector;
}

export interface Neighbour {
  id: TextId;
  cosine: number;
}

/** The vectors of one model for the texts of one kind of owner. */
export interface VectorStore {
  readonly count: number;
  /** Adds vectors, in place of earlier ones of the same texts. */
  put(vectors: readonly StoredVector[]): Promise<void>;
  remove(ids: readonly TextId[]): Promise<void>;
  /** The `limit` nearest texts of the owners that pass, nearest first, with their exact cosines. */
  nearest(query: Float32Array, limit: number, filter: OwnerFilter): Promise<Neighbour[]>;
  /** The exact cosine of each text; null where it has no vector yet. */
  cosines(query: Float32Array, ids: readonly TextId[]): Promise<(number | null)[]>;
  /** `building`: the store reads, builds or writes in the background. */
  status(): { kind: 'exact' | 'hnsw'; building: boolean };
  close(): Promise<void>;
}
