import { detectLanguage } from '@main/knowledge/questionLanguage';
import { asData, type Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import { findConversation, setAutomaticTitle } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import { isCancelled, type Message, type Settings } from '@shared/model';

const longestTitle = 60;
/** The first half of a surrogate pair, left by a cut. */
const halfCharacter = /[\uD800-\uDBFF]$/;

/** A title from the question's own words: its first line without Markdown, cut between words. Pure. */
export const titleFromWords = (question: string): string => {
  const line = (question.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? question)
    .replace(/[*_`]+/g, '')
    .replace(/^[\s#>\-+\d.]*(?=[\p{L}¿¡"«“])/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle).replace(halfCharacter, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > longestTitle / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.]+$/u, '')}…`;
};

/** One line, no quotation marks, no full stop; null when the model gave nothing usable. */
const cleanTitle = (written: string): string | null => {
  const line = written.trim().split('\n')[0] ?? '';
  const title = line
    .replace(/^#+\s*/, '')
    .replace(/\*\*/g, '')
    .replace(/^["'«“‘\s]+|["'»”’\s.]+$/gu, '')
    .slice(0, 100)
    .replace(halfCharacter, '');
  return /[\p{L}\p{N}]/u.test(title) ? title : null;
};

export interface Titler {
  /** Asks a model for a title in the background; a person's title stays, an error leaves the present one. */
  improve(question: Message, answer: Message, agentId: string): void;
  /** Ends what runs. */
  close(): Promise<void>;
}

const titleTimeMs = 30_000;
const excerptLength = 2_000;

export const createTitler = ({
  db,
  gateway,
  prompts,
  settings,
  changes,
  telemetry,
}: {
  db: WritableDb;
  gateway: ModelGateway;
  prompts: Prompts;
  settings: () => Pick<Settings, 'modelTitles'>;
  changes: ChangeBus;
  telemetry: Telemetry;
}): Titler => {
  const abort = new AbortController();
  const running = new Set<Promise<void>>();

  const write = async (question: Message, answer: Message, agentId: string): Promise<void> => {
    const conversation = findConversation(db, question.conversationId);
    if (!conversation || conversation.titleOrigin === 'person') return;
    const candidates = gateway.candidatesFor({ model: conversation.settings.model, agentId });
    if (candidates.length === 0) return;
    const prompt = prompts.render('title', detectLanguage(question.text), {
      question: asData(question.text.slice(0, excerptLength)),
      answer: asData(answer.text.slice(0, excerptLength)),
    });
    let written = '';
    const stream = gateway.stream({
      purpose: 'title',
      turnId: null,
      conversationId: conversation.id,
      agentId: null,
      candidates,
      build: () => ({ system: '', messages: [{ role: 'user', content: prompt.text }] }),
      promptVersionId: prompt.versionId,
      temperature: null,
      maxOutputTokens: 60,
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(titleTimeMs)]),
    });
    for await (const event of stream) if (event.type === 'delta') written += event.text;
    const title = cleanTitle(written);
    if (title && setAutomaticTitle(db, conversation.id, title)) changes.publish('conversation', conversation.id);
  };

  return {
    improve: (question, answer, agentId) => {
      if (!settings().modelTitles || answer.text === '') return;
      const task = write(question, answer, agentId)
        .catch((error: unknown) => {
          if (!isCancelled(error) && !abort.signal.aborted) telemetry.log.warn({ err: error }, 'no title from the model');
        })
        .finally(() => running.delete(task));
      running.add(task);
    },
    close: async () => {
      abort.abort();
      await Promise.all(running);
    },
  };
};
