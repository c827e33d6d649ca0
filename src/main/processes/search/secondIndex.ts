import type { LibraryReader } from '@main/store/libraryReader';
import { secondModelId } from '../encode/api';
import type { ReadingState, SearchApi } from './api';
import type { ChunkIndex } from './chunkIndex';
import { checked } from './embeddingModel';
import { createLocalVectors } from './localVectors';
import { passageText, textHash } from './passageText';
import { quantise } from './quantise';
import type { TextId } from './textId';
import type { VectorStore } from './vectorStore';
import type { VectorTable } from './vectorTable';
import { secondModel } from './weights';

/** A question as a vector of the second model, with the passages that it has read. */
export interface SecondQuestion {
  vector: Float32Array;
  vectors: VectorStore;
}

export interface SecondIndexDeps {
  table: VectorTable;
  index: ChunkIndex;
  library: LibraryReader;
  /** Resolves when no question is waiting. */
  idle(): Promise<void>;
}

/** Vectors that are put into memory between two questions. */
const attachedAtOnce = 500;

/**
 * The vectors of the second model, which another process makes in the background (`knowledge/passageReading.ts`). They stand in the same
 * table as those of the first, so that a text is read once, and goes with its last passage. Nothing of it costs anything until it is
 * first used.
 */
export const createSecondIndex = ({ table, index, library, idle }: SecondIndexDeps) => {
  const { dimensions, calibration } = secondModel;
  let opened: { modelN: number; vectors: VectorStore; attached: Promise<void> } | null = null;
  let attaching = false;
  let closed = false;

  const attachTo = async (modelN: number, vectors: VectorStore, owner: string): Promise<void> => {
    for (let label = 0; ; ) {
      await idle();
      if (closed) return;
      const stored = table.vectorsOf(modelN, owner, label, attachedAtOnce);
      await vectors.put(stored);
      const last = stored.at(-1);
      if (!last || stored.length < attachedAtOnce) return;
      label = last.label;
    }
  };
  const open = () => {
    if (opened) return opened;
    const modelN = table.model(secondModelId, dimensions)?.n ?? table.addModel(secondModelId, dimensions, calibration);
    const vectors = createLocalVectors({ dimensions, stored: [], labelOf: index.chunkOf });
    const attachAll = async (): Promise<void> => {
      attaching = true;
      try {
        for (const owner of index.versionIds()) await attachTo(modelN, vectors, owner);
      } finally {
        attaching = false;
      }
    };
    opened = { modelN, vectors, attached: attachAll() };
    opened.attached.catch(() => {});
    return opened;
  };
  const state = (): ReadingState => ({ read: opened?.vectors.count ?? 0, total: index.count });

  return {
    /** Reads the stored vectors; resolves when they are in memory. */
    load: async (): Promise<void> => open().attached,
    question: (vector: Float32Array | null | undefined): SecondQuestion | null =>
      vector ? { vector: checked(vector, dimensions), vectors: open().vectors } : null,
    unread: async ({ versionIds, limit }: Parameters<SearchApi['unread']>[0]): ReturnType<SearchApi['unread']> => {
      const { modelN } = open();
      const live = library.live();
      const passages = new Map<string, { textHash: Buffer; text: string }>();
      let done = 0;
      for (const versionId of versionIds) {
        await idle();
        const document = live.get(versionId);
        const missing = !document ? [] : table.missingOf(modelN, versionId, limit - passages.size);
        for (const { ordinal, textHash: hash } of missing) {
          const chunk = library.passage(versionId, ordinal);
          const text = document && chunk && passageText({ ...document, text: chunk.text }, { ...chunk, start: 0, end: chunk.text.length });
          // A document that was renamed a moment ago is about to be indexed again.
          if (text && textHash(text).equals(hash)) passages.set(hash.toString('hex'), { textHash: hash, text });
        }
        if (passages.size >= limit) break;
        if (passages.size === 0) done += 1;
      }
      return { passages: [...passages.values()], done, ...state() };
    },
    keepRead: async ({ vectors: made }: Parameters<SearchApi['keepRead']>[0]): Promise<ReadingState> => {
      const { modelN, vectors } = open();
      await idle();
      const kept = table.putUsed(
        modelN,
        made.map(({ textHash: hash, vector }) => ({ textHash: Buffer.from(hash), vector: quantise(checked(vector, dimensions)) })),
      );
      await vectors.put(kept);
      return state();
    },
    /** Resolves when the stored vectors are in memory. */
    reading: async (): Promise<ReadingState> => {
      await opened?.attached;
      return state();
    },
    /** Puts the vectors that a version has from before into memory: a new version shares most texts with the one before. */
    attach: async (owner: string): Promise<void> => {
      if (opened) await attachTo(opened.modelN, opened.vectors, owner);
    },
    detach: async (ids: readonly TextId[]): Promise<void> => opened?.vectors.remove(ids),
    working: (): boolean => attaching,
    close: async (): Promise<void> => {
      closed = true;
      await opened?.vectors.close();
    },
  };
};
export type SecondIndex = ReturnType<typeof createSecondIndex>;
