import { isDeepStrictEqual } from 'node:util';
import type { Calibration, EmbeddedTexts, EmbedderChoice, SearchStatus } from './api';
import type { Embedder } from './embedders/embedder';
import { checked, type EmbeddableText, type EmbeddingModel, embedInBatches, embedMissing, openModel } from './embeddingModel';
import { type Accelerator, createLocalVectors } from './localVectors';
import type { PassageVectors } from './passageVectors';
import type { TextId } from './textId';
import { createUnfinishedModel } from './unfinishedModel';
import type { VectorStore } from './vectorStore';
import type { VectorTable } from './vectorTable';

/** A question as a vector, with the store and the calibration of the model that made it: they stay a match while models change. */
export interface EmbeddedQuestion {
  vector: Float32Array;
  vectors: VectorStore;
  calibration: Calibration;
}

/** The vector side of the index. Without an embedder its methods return null or nothing, and lexical search serves alone. */
export interface SemanticIndex {
  /** Null when no embedder is ready or it fails; after a failure it is not called for a short time. */
  embedQuestion(question: string, signal?: AbortSignal): Promise<EmbeddedQuestion | null>;
  /** Vectors of texts that the index does not keep; null while no embedder is ready. Throws where the embedder fails. */
  embed(texts: readonly string[], as: 'query' | 'passage', signal?: AbortSignal): Promise<EmbeddedTexts | null>;
  /**
   * Embeds the texts that have no vector yet, for the model in use and for the next one. Texts on which an embedder fails wait
   * until it works again: their documents are found by words meanwhile.
   */
  ensure(
    texts: readonly EmbeddableText[],
    onBatch: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<{ embedded: number; cached: number }>;
  /** Puts the stored vectors of a version's texts into the store in use, a few between two questions. */
  attach(owner: string): Promise<void>;
  detach(ids: readonly TextId[]): Promise<void>;
  /** Deletes the stored vectors of texts that nothing in the index has any more. */
  sweep(textHashes: readonly Buffer[]): void;
  /** Opens the embedder. While old vectors serve, the switch happens when every text has a vector of the new model. */
  use(choice: EmbedderChoice, embedAll: (ensure: SemanticIndex['ensure'], pendingVersions: string[]) => Promise<void>): Promise<void>;
  /** `chunks`: the number of passages in the index. */
  status(chunks: number): Pick<SearchStatus, 'embedder' | 'vectors'>;
  /** True while its graph is being built in the background. */
  working(): boolean;
  close(): Promise<void>;
}

/** For this many milliseconds after the embedder failed on a question, questions are searched by words alone. */
const restMs = 15_000;

export interface SemanticIndexDeps {
  table: VectorTable;
  /** The number under which the index keeps a text; null when it no longer has it. */
  labelOf(id: TextId): number | null;
  open(choice: EmbedderChoice): Promise<Embedder | null>;
  onError(error: unknown): void;
  /** Calls `use` once more: the model can be tried again, since it works now or has had its pause. */
  retry(choice: EmbedderChoice): void;
  /** Resolves when no question is waiting: questions take precedence over batches. */
  idle(): Promise<void>;
  /** Makes the approximate search for many vectors; see `hnswAccelerator.ts`. */
  accelerate?: (vectors: PassageVectors, modelId: string) => Accelerator | null;
}

/** Vectors that are put into the store between two questions. */
const attachedAtOnce = 500;

export const createSemanticIndex = ({ table, labelOf, open, idle, accelerate, onError, retry }: SemanticIndexDeps): SemanticIndex => {
  let active: (EmbeddingModel & { vectors: VectorStore }) | null = null;
  let coming: { embedder: Embedder; modelN: number } | null = null;
  let state: SearchStatus['embedder'] = { id: 'none', state: 'missing', dimensions: null };
  let switching = 0;
  let restUntil = 0;
  /** A model that could not be opened while none is in use, or the model in use that left texts without vectors. */
  const unfinished = createUnfinishedModel(retry);

  const activate = async (model: EmbeddingModel): Promise<void> => {
    const old = active;
    restUntil = 0;
    const vectors = createLocalVectors({
      dimensions: model.embedder.dimensions,
      stored: table.vectors(model.modelN),
      labelOf,
      accelerate: accelerate && ((all) => accelerate(all, model.choice.id)),
    });
    active = { ...model, vectors };
    state = { id: model.choice.id, state: 'ready', dimensions: model.embedder.dimensions };
    await old?.vectors.close();
    if (old && old.embedder !== model.embedder) await old.embedder.close();
  };

  const embedFor =
    (model: Pick<EmbeddingModel, 'embedder' | 'modelN'>): SemanticIndex['ensure'] =>
    (texts, onBatch, signal) =>
      embedMissing(model, table, texts, { idle, onBatch, signal });

  const ensure: SemanticIndex['ensure'] = async (texts, onBatch, signal) => {
    let result = { embedded: 0, cached: 0 };
    try {
      if (active) result = await embedFor(active)(texts, onBatch, signal);
      if (coming) await embedFor(coming)(texts, onBatch, signal);
      unfinished.sign();
    } catch (error) {
      if (signal?.aborted) throw error;
      onError(error);
      if (active) unfinished.leave(active.choice);
    }
    return result;
  };

  return {
    embedQuestion: async (question, signal) => {
      for (;;) {
        const asked = active;
        if (!asked) unfinished.sign();
        if (!asked || performance.now() < restUntil) return null;
        try {
          const [vector] = await asked.embedder.embedQueries([question], signal);
          // The model was changed meanwhile: this vector cannot be compared with vectors of the new one.
          if (asked !== active) continue;
          const found = { vector: checked(vector, asked.embedder.dimensions), vectors: asked.vectors, calibration: asked.calibration };
          if (state.state === 'failed') state = { ...state, state: 'ready' };
          unfinished.sign();
          return found;
        } catch (error) {
          if (signal?.aborted) throw error;
          if (asked !== active) continue;
          onError(error);
          state = { ...state, state: 'failed' };
          restUntil = performance.now() + restMs;
          return null;
        }
      }
    },
    embed: async (texts, as, signal) => {
      const asked = active;
      if (!asked) return null;
      const vectors = await embedInBatches(asked, texts, as, { idle, signal });
      return { model: asked.choice.id, vectors, calibration: asked.calibration };
    },
    ensure,
    attach: async (owner) => {
      for (let label = 0; ; ) {
        await idle();
        if (!active) return;
        const stored = table.vectorsOf(active.modelN, owner, label, attachedAtOnce);
        await active.vectors.put(stored);
        const last = stored.at(-1);
        if (!last || stored.length < attachedAtOnce) return;
        label = last.label;
      }
    },
    detach: async (ids) => active?.vectors.remove(ids),
    sweep: table.dropUnused,
    use: async (choice, embedAll) => {
      const own = ++switching;
      unfinished.forget();
      if (choice.kind === 'none') {
        const old = active;
        active = null;
        coming = null;
        state = { id: 'none', state: 'missing', dimensions: null };
        await old?.vectors.close();
        await old?.embedder.close();
        return;
      }
      /** Embeds the texts without a vector of the model in use; failed ones are tried again later. */
      const complete = async (target: { embedder: Embedder; modelN: number }, pending: string[]): Promise<void> => {
        try {
          if (pending.length) await embedAll(embedFor(target), pending);
          unfinished.finished();
        } catch (error) {
          if (own === switching) unfinished.leave(choice);
          throw error;
        }
      };
      if (active && isDeepStrictEqual(active.choice, choice)) return complete(active, table.pendingVersions(active.modelN));
      if (!active) state = { id: choice.id, state: 'loading', dimensions: null };
      const next = await openModel(choice, table, open).catch((error: unknown) => {
        if (!active && own === switching) {
          state = { id: choice.id, state: 'failed', dimensions: null };
          unfinished.leave(choice);
        }
        throw error;
      });
      if (!next) return;
      // A later choice was made while this model was loading.
      if (own !== switching) return next.embedder.close();
      const pending = table.pendingVersions(next.modelN);
      if (!pending.length || !active) {
        await activate(next);
        return complete(next, pending);
      }
      coming = next;
      try {
        await embedAll(embedFor(next), pending);
        if (own === switching) await activate(next);
        else await next.embedder.close();
      } catch (error) {
        await next.embedder.close();
        throw error;
      } finally {
        if (coming === next) coming = null;
      }
    },
    status: (chunks) => ({
      embedder: state,
      vectors: {
        kind: active?.vectors.status().kind ?? 'none',
        count: active?.vectors.count ?? 0,
        pending: coming ? table.pendingChunks(coming.modelN) : active ? Math.max(0, chunks - active.vectors.count) : 0,
      },
    }),
    working: () => active?.vectors.status().building ?? false,
    close: async () => {
      await active?.vectors.close();
      await active?.embedder.close();
      active = null;
    },
  };
};
