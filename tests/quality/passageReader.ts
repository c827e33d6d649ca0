import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { secondModelId } from '@main/processes/encode/api';
import { type E5Encoder, openE5Encoder } from '@main/processes/encode/e5Encoder';
import type { ReadingState } from '@main/processes/search/api';
import { textHash } from '@main/processes/search/passageText';
import type { SearchEngine } from '@main/processes/search/searchEngine';
import { secondModel } from '@main/processes/search/weights';

/** Reads passages and questions with the bundled second model, as the program does in the background. */
export interface PassageReader {
  /** Reads passages, the first documents first, until this share (0..1) of them is read. */
  readUpTo(engine: SearchEngine, versionIds: readonly string[], share: number): Promise<ReadingState>;
  question(text: string): Promise<Float32Array>;
  close(): Promise<void>;
}

const rowBytes = 4 * secondModel.dimensions;
const passagesAtOnce = 32;

/**
 * With `folder` vectors are kept there by the hash of their text (`<model>.keys`, `<model>.vectors`): reading a set takes minutes, and
 * its texts stay the same over most changes of the ranking.
 */
export const createPassageReader = async (folder?: string): Promise<PassageReader> => {
  const known = new Map<string, Float32Array>();
  const [keys, rows] = ['keys', 'vectors'].map((name) => join(folder ?? '', `${secondModelId}.${name}`)) as [string, string];
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const bytes = existsSync(rows) ? readFileSync(rows) : Buffer.alloc(0);
    const names = existsSync(keys) ? readFileSync(keys, 'utf8').split('\n').filter(Boolean) : [];
    for (const [at, name] of names.entries())
      if ((at + 1) * rowBytes <= bytes.length)
        known.set(name, new Float32Array(bytes.buffer.slice(bytes.byteOffset + at * rowBytes, bytes.byteOffset + (at + 1) * rowBytes)));
  }
  let encoder: E5Encoder | null = null;
  const vectorOf = async (text: string, as: 'query' | 'passage', name: string): Promise<Float32Array> => {
    const found = known.get(name);
    if (found) return found;
    encoder ??= await openE5Encoder(resolve('resources', 'models', secondModelId));
    const vector = await encoder.encode(text, as);
    known.set(name, vector);
    if (folder) {
      appendFileSync(rows, Buffer.from(vector.buffer, vector.byteOffset, rowBytes));
      appendFileSync(keys, `${name}\n`);
    }
    return vector;
  };
  return {
    readUpTo: async (engine, versionIds, share) => {
      let state = await engine.reading();
      for (let left = versionIds; left.length > 0 && state.read < share * state.total; ) {
        const limit = Math.min(passagesAtOnce, Math.ceil(share * state.total) - state.read);
        const { passages, done } = await engine.unread({ versionIds: left, limit });
        left = left.slice(done);
        const vectors = [];
        for (const { textHash: hash, text } of passages)
          vectors.push({ textHash: hash, vector: await vectorOf(text, 'passage', Buffer.from(hash).toString('hex')) });
        state = await engine.keepRead({ vectors });
      }
      return state;
    },
    question: (text) => vectorOf(text, 'query', `q${textHash(`query: ${text}`).toString('hex')}`),
    close: async () => encoder?.close(),
  };
};
