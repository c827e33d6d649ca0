import { createHash } from 'node:crypto';
import { answerLanguage } from '@main/knowledge/answerLanguage';
import type { Prompts } from '@main/prompts/prompts';
import type { Candidate, ModelGateway } from '@main/providers/gateway';
import type { Telemetry } from '@main/telemetry/telemetry';
import { completeText } from '@main/turns/completeText';
import { type CallPurpose, EmergenceError, type MemoryItem, toEmergenceError } from '@shared/model';
import type { Judge, Learnt } from '../learnt';
import { localTimeOf } from '../time/zone';
import { checkFound } from './checkFound';
import { createLruCache } from './lruCache';
import { mayState } from './mayState';
import { type Found, readFound, readVerdict } from './modelAnswer';
import type { Readable } from './readable';

/** Milliseconds that each provider has for one call. */
const providerTimeMs = 30_000;
const answerTokens = 1_500;
const verdictTokens = 60;
const cacheSize = 100;
const cacheTimeMs = 3_600_000;
/** How sure an item of a model is that the messages hold word for word. */
const foundConfidence = 0.8;

export interface ModelReaderDeps {
  gateway: Pick<ModelGateway, 'stream'>;
  prompts: Pick<Prompts, 'render' | 'asData'>;
  telemetry: Telemetry;
  now: () => number;
}

/** The models that are asked, and the conversation for which they are. */
export interface Asking {
  /** In the order in which they are tried. */
  candidates: readonly Candidate[];
  conversationId: string;
  signal: AbortSignal;
}

export interface ModelReading {
  found: Learnt[];
  /** Things that the model wrote and that the messages do not hold. */
  dropped: number;
}

export interface ModelReader {
  /** Rejects where no model gives an answer of the right form. */
  read(readables: readonly Readable[], asking: Asking): Promise<ModelReading>;
  judge(asking: Asking): Judge;
}

/** A longer message is clear without the answer before it. */
const mostWordsExplained = 12;

/** The messages as numbered data, each with its date by its own clock. */
const written = (readables: readonly Readable[], asData: Prompts['asData']): string =>
  readables
    .map(({ said, heard, at, zone }, index) => {
      const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: zone }).format(at);
      const isShort = (said.match(/\p{L}+/gu)?.length ?? 0) <= mostWordsExplained;
      const lines = isShort && heard.length > 0 ? [`answer: ${heard.join(' ')}`] : [];
      const own = said
        .replace(/[^\S\n]+/g, ' ')
        .replace(/\n\s*\n+/g, '\n')
        .trim();
      return asData([`[${index + 1}] ${weekday} ${localTimeOf(at, zone).replace('T', ' ')}`, ...lines, own].join('\n'));
    })
    .join('\n\n');

/** Reads messages by a model: a wrong form is repaired once, and things that the messages do not hold are dropped. */
export const createModelReader = ({ gateway, prompts, telemetry, now }: ModelReaderDeps): ModelReader => {
  const cache = createLruCache<{ items: Found[]; refused: number; model: string }>({ size: cacheSize, ttlMs: cacheTimeMs, now });

  const ask = async (
    purpose: CallPurpose,
    prompt: { text: string; versionId: string },
    candidate: Candidate,
    maxOutputTokens: number,
    { conversationId, signal }: Asking,
  ): Promise<string> => {
    const call = {
      purpose,
      turnId: null,
      conversationId,
      agentId: null,
      candidates: [candidate],
      prompt,
      maxOutputTokens,
      limitMs: providerTimeMs,
      signal,
    };
    return (await completeText(gateway, call)).text;
  };

  /** Asks one model after the other until `read` takes an answer. Throws the last error. */
  const tryEach = async <T>(asking: Asking, read: (candidate: Candidate) => Promise<T>): Promise<T> => {
    let last: unknown = new EmergenceError('provider.none');
    for (const candidate of asking.candidates) {
      const start = performance.now();
      try {
        const answer = await read(candidate);
        telemetry.increment('memory_analysis_success_total', { provider: candidate.provider });
        return answer;
      } catch (error) {
        asking.signal.throwIfAborted();
        last = error;
        telemetry.increment('memory_analysis_failure_total', { provider: candidate.provider, error_type: toEmergenceError(error).code });
      } finally {
        telemetry.observe('memory_analysis_duration_seconds', { provider: candidate.provider }, (performance.now() - start) / 1000);
      }
    }
    throw last;
  };

  const analyse = async (readables: readonly Readable[], asking: Asking) => {
    const language = answerLanguage(readables.map(({ said }) => said).join('\n'));
    const prompt = prompts.render('memory-analysis', language, { messages: written(readables, prompts.asData) });
    const key = createHash('sha256').update(`${prompt.versionId}\n${prompt.text}`).digest('hex');
    const known = cache.get(key);
    telemetry.increment(known ? 'memory_analysis_cache_hits_total' : 'memory_analysis_cache_misses_total', {});
    if (known) return known;
    const read = await tryEach(asking, async (candidate) => {
      const answer = await ask('memory_analysis', prompt, candidate, answerTokens, asking);
      const first = readFound(answer);
      if (!('fault' in first)) return { ...first, model: candidate.model };
      const repair = prompts.render('memory-repair', language, { fault: first.fault, answer: prompts.asData(answer) });
      const second = readFound(await ask('memory_analysis', repair, candidate, answerTokens, asking));
      if ('fault' in second) throw new EmergenceError('provider.no_answer', { reason: 'form' });
      return { ...second, model: candidate.model };
    });
    cache.set(key, read);
    telemetry.set('memory_analysis_cache_size', {}, cache.size);
    return read;
  };

  return {
    read: async (all, asking) => {
      const readables = all.filter(mayState);
      if (readables.length === 0) return { found: [], dropped: 0 };
      const { items, refused, model } = await analyse(readables, asking);
      const checked = items.map((item) => checkFound(item, readables, { model, confidence: foundConfidence }));
      const found = checked.filter((one): one is Learnt => one !== null);
      return { found, dropped: refused + checked.length - found.length };
    },
    judge: (asking) => async (earlier: MemoryItem, later: Learnt) => {
      const language = answerLanguage(later.text);
      const dated = (text: string, at: number): string => prompts.asData(`${new Date(at).toISOString().slice(0, 10)}: ${text}`);
      const prompt = prompts.render('memory-judge', language, {
        earlier: dated(earlier.text, earlier.lastMentionAt),
        later: dated(later.text, later.source.at),
      });
      try {
        return await tryEach(asking, async (candidate) => {
          const verdict = readVerdict(await ask('memory_judge', prompt, candidate, verdictTokens, asking));
          if (!verdict) throw new EmergenceError('provider.no_answer', { reason: 'form' });
          return verdict;
        });
      } catch {
        asking.signal.throwIfAborted();
        return null;
      }
    },
  };
};
