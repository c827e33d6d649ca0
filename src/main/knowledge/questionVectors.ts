import type { EncodeApi } from '@main/processes/encode/api';
import type { Helper } from '@main/processes/helper';
import type { PassageReading } from './passageReading';

/** Questions as vectors of the second model. */
export interface QuestionVectors {
  /** False while the second model has read nothing, or is switched off. */
  takesPart(): boolean;
  /** Null where it takes no part, or has no vector in time: then the question is answered without it. */
  of(question: string, signal?: AbortSignal): Promise<Float32Array | null>;
}

/** A question takes 5 ms, and the first one after a rest waits for the model this long. */
const limitMs = 600;

export const createQuestionVectors = (
  questions: Pick<Helper<EncodeApi>, 'call'>,
  { hasRead }: Pick<PassageReading, 'hasRead'>,
): QuestionVectors => ({
  takesPart: hasRead,
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
});
