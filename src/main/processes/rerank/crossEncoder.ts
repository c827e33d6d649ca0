import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readUnigramTokenizer } from '../encode/unigramTokenizer';

/** A model that reads a query and a text together and says how well the text answers. */
export interface CrossEncoder {
  /** One score a text, as the model gives it: higher is better. Throws the signal's reason between two batches. */
  score(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
}

/** Positions that the model knows for both together; the query has its part of them, and the text is cut. */
const mostTokens = { together: 512, query: 128 };
const batchSize = 8;
/** The padding of the XLM-R family. */
const padding = 1;
/** Beyond four threads a batch of eight gains little, and half of the processor stays for the person's work. */
const threads = (): number => Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

/** The pair as the XLM-R family is trained to read it: `<s> query </s></s> text </s>`. Pure. */
const pairOf = (query: readonly number[], text: readonly number[]): number[] => [...query, query.at(-1) as number, ...text.slice(1)];

/**
 * Opens the model of a folder (`tokenizer.json`, one `.onnx` file in `onnx`). Running blocks the thread that calls, so this belongs into
 * a process of its own; between two batches messages of the parent are heard.
 */
export const openCrossEncoder = async (folder: string): Promise<CrossEncoder> => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const tokenizer = await readUnigramTokenizer(join(folder, 'tokenizer.json'));
  const file = (await readdir(join(folder, 'onnx'))).find((name) => name.endsWith('.onnx'));
  if (!file) throw new Error('The folder holds no model.');
  const session = await InferenceSession.create(join(folder, 'onnx', file), {
    intraOpNumThreads: threads(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Batches differ in length: the arena would keep the largest of them for good.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
    // A thread that spins between two runs would take a core from the person's work.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const [output = ''] = session.outputNames;

  const run = async (pairs: readonly number[][]): Promise<Float32Array> => {
    const length = Math.max(...pairs.map((ids) => ids.length));
    const shape = [pairs.length, length];
    const ids = new BigInt64Array(pairs.length * length).fill(BigInt(padding));
    const mask = new BigInt64Array(pairs.length * length);
    for (const [row, pair] of pairs.entries())
      for (const [column, id] of pair.entries()) {
        ids[row * length + column] = BigInt(id);
        mask[row * length + column] = 1n;
      }
    const inputs: Record<string, InstanceType<typeof Tensor>> = {
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', mask, shape),
    };
    if (session.inputNames.includes('token_type_ids'))
      inputs.token_type_ids = new Tensor('int64', new BigInt64Array(pairs.length * length), shape);
    const data = (await session.run(inputs, [output]))[output]?.data;
    if (!(data instanceof Float32Array) || data.length !== pairs.length) throw new Error('The model returned no score for each text.');
    return data;
  };

  return {
    score: async (query, texts, signal) => {
      const asked = tokenizer.encode(query, mostTokens.query);
      const pairs = texts.map((text) => pairOf(asked, tokenizer.encode(text, mostTokens.together - asked.length)));
      // Texts of like length share a batch, so that little of it is padding.
      const order = [...pairs.keys()].sort((a, b) => (pairs[a] as number[]).length - (pairs[b] as number[]).length);
      const scores = new Array<number>(texts.length);
      for (let from = 0; from < order.length; from += batchSize) {
        await setImmediate();
        signal?.throwIfAborted();
        const batch = order.slice(from, from + batchSize);
        const found = await run(batch.map((at) => pairs[at] as number[]));
        for (const [row, at] of batch.entries()) scores[at] = found[row] as number;
      }
      return scores;
    },
    close: () => session.release(),
  };
};
