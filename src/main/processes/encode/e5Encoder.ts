import { join } from 'node:path';
import { readUnigramTokenizer } from './unigramTokenizer';

/** Turns texts into vectors of the multilingual E5 family. Both kinds of text have a prefix of their own, as in its training. */
export interface E5Encoder {
  readonly dimensions: number;
  /** A unit vector. */
  encode(text: string, as: 'query' | 'passage'): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Positions that the model knows: a longer text is cut. */
const mostTokens = 512;
const output = 'sentence_embedding';

/**
 * Opens the model of a folder (`tokenizer.json`, `onnx/model_quantized.onnx`). One text a run and one thread: on a processor neither
 * batches nor a second thread make it faster. Loading and running block the thread that calls, so this belongs into a process of its
 * own.
 */
export const openE5Encoder = async (folder: string): Promise<E5Encoder> => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const tokenizer = await readUnigramTokenizer(join(folder, 'tokenizer.json'));
  const session = await InferenceSession.create(join(folder, 'onnx', 'model_quantized.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    // A thread that spins between two runs would take a core from the person's work.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const encode: E5Encoder['encode'] = async (text, as) => {
    const ids = tokenizer.encode(`${as}: ${text}`, mostTokens);
    const shape = [1, ids.length];
    const result = await session.run(
      {
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      },
      [output],
    );
    const data = result[output]?.data;
    if (!(data instanceof Float32Array)) throw new Error('The model returned no vector.');
    return data;
  };
  const { length: dimensions } = await encode('dimensions', 'query');
  return { dimensions, encode, close: () => session.release() };
};
