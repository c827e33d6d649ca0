import type { LibraryReader, LiveVersion, VersionSource } from '@main/store/libraryReader';
import { analysisLanguage } from '@main/text/detectLanguage';
import { EmergenceError } from '@shared/model';
import type { SearchApi } from './api';
import type { ChunkIndex, NewChunk } from './chunkIndex';
import { headText, passageText, textHash } from './passageText';
import type { SecondIndex } from './secondIndex';
import type { SemanticIndex } from './semanticIndex';
import type { StaticModel } from './staticModel';
import { analysePassage } from './terms';
import type { TextId } from './textId';
import { createWorkSteps } from './workSteps';

export interface IndexingDeps {
  library: LibraryReader;
  index: ChunkIndex;
  semantic: SemanticIndex;
  second: Pick<SecondIndex, 'attach' | 'detach'>;
  model: StaticModel;
  /** Resolves when no question is waiting. */
  idle(): Promise<void>;
  /** Notes that work is being done, for as long as it lasts. */
  counted<T>(work: () => Promise<T>): Promise<T>;
  isClosed(): boolean;
  /** Folds the log of the index in: it may still hold what was removed. */
  emptyLog(): void;
}

/** Passages analysed between two pauses for questions. */
const analysisBatch = 25;

/** Writes versions into both sides of the index and removes them, in small steps between questions. */
export const createIndexing = ({ library, index, semantic, second, model, idle, counted, isClosed, emptyLog }: IndexingDeps) => {
  const steps = createWorkSteps(() => performance.now());

  /** Versions are written one after the other; searches run in between. */
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = counted(() => writing.then(work, work));
    writing = result.catch(() => {});
    return result;
  };

  const textsOf = (source: VersionSource | null): { hash: Buffer; text: string }[] =>
    (source?.chunks ?? []).map((chunk) => {
      const text = passageText(source as VersionSource, chunk);
      return { hash: textHash(text), text };
    });

  /** Embeds every version with a new model, the newest versions first. */
  const embedAll =
    (onProgress?: (part: { done: number; total: number }) => void, signal?: AbortSignal) =>
    async (ensure: SemanticIndex['ensure'], pending: string[]): Promise<void> => {
      for (const [done, versionId] of pending.entries()) {
        signal?.throwIfAborted();
        if (isClosed()) throw new EmergenceError('cancelled');
        onProgress?.({ done, total: pending.length });
        // Each batch is a sign of life: the batches of one long document may take longer than a caller waits for a report.
        const onBatch = (part: number, all: number): void => onProgress?.({ done: done + part / all, total: pending.length });
        await ensure(textsOf(library.source(versionId)), onBatch, signal);
        await semantic.attach(versionId);
        index.touch();
      }
      onProgress?.({ done: pending.length, total: pending.length });
    };

  /** Deletes hidden versions, between questions. */
  const clearHidden = async (): Promise<void> => {
    for (const name of index.hidden())
      for (let left = true; left; ) {
        await idle();
        const limit = steps.size;
        const textHashes = steps.step(() => {
          const removed = index.removeHidden(name, limit);
          semantic.sweep(removed);
          return removed;
        });
        left = textHashes.length === limit;
      }
  };

  const textIdsOf = (versionId: string): TextId[] => index.ordinalsOf(versionId).map((ordinal) => ({ owner: versionId, ordinal }));

  /** Takes versions out of searches at once, then deletes them. */
  const hide = async (versionIds: readonly string[]): Promise<void> => {
    for (const versionId of versionIds) {
      const ids = textIdsOf(versionId);
      index.hide(versionId);
      await semantic.detach(ids);
      await second.detach(ids);
    }
    await clearHidden();
  };

  return {
    embedAll,
    /** Resolves when no version is being written. */
    written: (): Promise<unknown> => writing,
    indexVersion: (
      { versionId }: Parameters<SearchApi['indexVersion']>[0],
      onProgress?: Parameters<SearchApi['indexVersion']>[1],
      signal?: AbortSignal,
    ): ReturnType<SearchApi['indexVersion']> =>
      inTurn(async () => {
        // The text of a version that was read again is another one.
        library.forget([versionId]);
        const source = library.source(versionId);
        if (!source) throw new EmergenceError('not_found', { version: versionId });
        const texts = textsOf(source);
        const started = performance.now();
        onProgress?.({ stage: 'embedding', progress: 0 });
        const { embedded, cached } = await semantic.ensure(
          texts,
          (done, total) => onProgress?.({ stage: 'embedding', progress: done / total }),
          signal,
        );
        const analysing = performance.now();
        const language = analysisLanguage(source.text);
        const head = headText(source);
        const writer = index.beginVersion({
          versionId,
          title: textHash(source.title),
          language,
          head: head === null ? null : analysePassage(head, language, model),
        });
        try {
          let analysed: NewChunk[] = [];
          const write = (by: (chunks: readonly NewChunk[]) => void): void =>
            steps.step(() => {
              by(analysed);
              analysed = [];
            });
          for (const [position, { hash, text }] of texts.entries()) {
            if (position % analysisBatch === 0 || steps.isTurnDue()) {
              await idle();
              steps.turnTaken();
              signal?.throwIfAborted();
              onProgress?.({ stage: 'indexing', progress: position / texts.length });
            }
            const ordinal = source.chunks[position]?.ordinal ?? position;
            if (analysed.length >= steps.size) write(writer.add);
            analysed.push({ ordinal, textHash: hash, terms: analysePassage(text, language, model) });
          }
          await idle();
          const replaced = textIdsOf(versionId);
          write(writer.finish);
          await semantic.detach(replaced);
          await second.detach(replaced);
          await semantic.attach(versionId);
          await second.attach(versionId);
        } finally {
          await clearHidden();
        }
        onProgress?.({ stage: 'indexing', progress: 1 });
        return { chunks: texts.length, embedded, cached, embedMs: analysing - started, indexMs: performance.now() - analysing };
      }),
    removeVersions: ({ versionIds }: { versionIds: string[] }): Promise<void> =>
      inTurn(async () => {
        await hide(versionIds);
        library.forget(versionIds);
        emptyLog();
      }),
    reconcile: (): ReturnType<SearchApi['reconcile']> =>
      inTurn(async () => {
        const live = library.live();
        const gone = index.versionIds().filter((versionId) => !library.exists(versionId));
        await hide(gone);
        const isCurrent = ([versionId, { title }]: [string, LiveVersion]): boolean =>
          index.titleOf(versionId)?.equals(textHash(title)) ?? false;
        return { removed: gone.length, missing: [...live].filter((version) => !isCurrent(version)).map(([versionId]) => versionId) };
      }),
  };
};
