import { answerLanguage } from '@main/knowledge/answerLanguage';
import type { Prompts } from '@main/prompts/prompts';
import type { ModelGateway } from '@main/providers/gateway';
import type { ChangeBus } from '@main/store/changes';
import { findConversation, setAutomaticTitle } from '@main/store/conversations';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import { completeText } from '@main/turns/completeText';
import { EmergenceError, isCancelled, type Message, type Settings } from '@shared/model';

/** Words that models write before a title, or instead of one. */
const preface =
  /^(?:sure|certainly|of course|absolutely|okay|ok|alright|great|here(?:'s|’s| is| are)|the (?:user|title|question|conversation)|based on|i(?:'ll|’ll|'d|’d|'m|’m)?\b|let(?:'s|’s| me)|we (?:need|have|should)|as an? |sorry|unfortunately|bien sûr|voici|d['’]accord|très bien|certainement|le titre|l['’]utilisat|je\b|désolé)/iu;
const label = /^(?:(?:suggested |proposed |conversation )?title|titre(?: proposé)?)\s*[:：-]\s*/iu;
const marks = /^(?:#+|>|[-*+•]|\d{1,2}[.)])\s+/u;
const quotes = /^["'«“‘„`*_\s]+|["'»”’“`*_\s.]+$/gu;
const longestWords = 16;

/** The first text in a piece of JSON, which some models answer with. */
const titleInJson = (written: string): string | null => {
  const json = /[{[][\s\S]*[}\]]/.exec(written)?.[0];
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    const values: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
    const title =
      (value as { title?: unknown; titre?: unknown } | null)?.title ?? (value as { titre?: unknown } | null)?.titre ?? values[0];
    return typeof title === 'string' ? title : null;
  } catch {
    return null;
  }
};

const plainTitle = (line: string): string =>
  line
    .replace(marks, '')
    .replace(/<\/?[\p{L}|][^<>]*>/gu, '')
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/(\*\*|__|`+)/g, '')
    .replace(quotes, '')
    .replace(label, '')
    .replace(quotes, '')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The title in what a model wrote for one: one line of plain words. Null where there is none: thinking aloud, a preface alone,
 * data, a whole paragraph, a line that was cut (`whole` false). Pure.
 */
export const titleFromModel = (written: string, { whole }: { whole: boolean }): string | null => {
  const text = written.trim();
  if (/^(?:```\w*\s*)?(?:\{|\[\s*["{])/.test(text)) return accepted(plainTitle(titleInJson(text) ?? ''));
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:```|~~~)/.test(line));
  const complete = whole ? lines : lines.slice(0, -1);
  for (const line of complete) {
    const title = plainTitle(line);
    // "Sure! Here is a title: The tides" has its title behind the colon; "The tides: an introduction" is one.
    if (!preface.test(title)) {
      if (/[:：]$/u.test(title)) continue;
      return accepted(title);
    }
    const behind = plainTitle(/[:：]\s*(\S.*)$/u.exec(title)?.[1] ?? '');
    if (behind !== '' && !preface.test(behind)) return accepted(behind);
  }
  return null;
};

const accepted = (title: string): string | null => {
  if (!/[\p{L}\p{N}]/u.test(title) || /[{}<>]|\[\/?think|\|>/iu.test(title)) return null;
  if (title.length > 100 || title.split(' ').length > longestWords) return null;
  return title;
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
    const prompt = prompts.render('title', answerLanguage(question.text), {
      question: prompts.asData(question.text.slice(0, excerptLength)),
      answer: prompts.asData(answer.text.slice(0, excerptLength)),
    });
    const written = await completeText(gateway, {
      purpose: 'title',
      turnId: null,
      conversationId: conversation.id,
      agentId: null,
      candidates,
      prompt,
      // One that thinks first spends most of it before the title.
      maxOutputTokens: answer.thinking === null ? 60 : 1_000,
      limitMs: titleTimeMs,
      signal: abort.signal,
    });
    const title = titleFromModel(written.text, written);
    if (title && setAutomaticTitle(db, conversation.id, title)) changes.publish('conversation', conversation.id);
  };

  return {
    improve: (question, answer, agentId) => {
      if (!settings().modelTitles || answer.text === '') return;
      const task = write(question, answer, agentId)
        .catch((error: unknown) => {
          // A model without an answer leaves the words of the question; the ledger has the call.
          if (error instanceof EmergenceError && error.code === 'provider.no_answer') return;
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
