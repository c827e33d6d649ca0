import type { EncodeApi } from '@main/processes/encode/api';
import type { Helper } from '@main/processes/helper';
import type { PassageReading } from './passageReading';

/** Questions as vectors of the second model. */
export interface QuestionVectors {
  /** False while the second model has read nothing, or is switched off. */
  takesPart(): boolean;
  /** Null where it takes no part, or has no vector in time: then the question is answered without it. */
  of(question: string, signal?: AbortSignal): Promise<Float32Array | null>;
  /** A question is being written: the model is loaded meanwhile, which takes longer than a question waits. */
  expect(): void;
}

/** A question takes 5 ms, and the first one after a rest waits for the model this long. */
const limitMs = 600;
/** A model that was ready a moment ago is not asked about at each letter. */
const readyMs = 60_000;

export const createQuestionVectors = (
  questions: Pick<Helper<EncodeApi>, 'call'>,
  { hasRead }: Pick<PassageReading, 'hasRead'>,
): QuestionVectors => {
  let expectedAt = Number.NEGATIVE_INFINITY;
  return {
    takesPart: hasRead,
    expect: () => {
      const at = performance.now();
      if (!hasRead() || at - expectedAt < readyMs) return;
      expectedAt = at;
      // A model that cannot be loaded is missed by the question itself.
      questions.call('encode', { text: '', as: 'query' }).catch(() => {});
    },
    of: async (question, signal) => {
      if (!hasRead()) return null;
      try {
        return await questions.call(
          'encode',
          { text: question, as: 'query' },
          { timeLimitMs: limitMs, timeoutCode: 'search.unavailable', ...(signal ? { signal } : {}) },
        );
      } catch (error) {
        if (signal?.aborted) throw error;
        return null;
      }
    },
  };
};
