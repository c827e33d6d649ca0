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
const preface = new RegExp(
  `^(?:${[
    // An interjection; "Great Expectations" and "OK Computer" are titles.
    String.raw`(?:sure|certainly|of course|absolutely|okay|ok|alright|great|well|h+m+|bien sûr|d['’]accord|très bien|certainement)(?:$|\s*[!,.:…;—–]|\s+(?:here|so|let|i|we|the user|based|voici|je)\b)`,
    String.raw`here(?:['’]s| is| are)\b|voici\b|let(?:['’]s| me)\b`,
    String.raw`(?:the |this |l['’])?(?:user|utilisat\p{L}+)\s+(?:is|was|wants?|asks?|asked|seems|needs?|would|has|demande|veut|souhaite)\b`,
    String.raw`(?:the|this|le|la) (?:title|question|conversation|chat|discussion|titre)\s+(?:is|was|seems|should|would|could|needs?|appears|est|doit|porte)\b`,
    String.raw`based on (?:the|this|your|our)\b`,
    String.raw`i(?:['’](?:ll|d|m|ve)\b|\s+(?:need|will|should|can|cannot|could|must|have|think|would|am|do|don|apologi|want|see|understand))`,
    String.raw`je\b|we (?:need|have|should|can|must|are)\b|as an? (?:ai|assistant|language|large|helpful)\b`,
    String.raw`sorry\b|unfortunately\b|(?:my )?apologies|désolé`,
  ].join('|')})`,
  'iu',
);
const label = new RegExp(
  `^(?:${[
    String.raw`(?:(?:the|an?|my|your|one|good|fitting|suitable|short|concise|possible|suggested|proposed|conversation|chat|discussion|descriptive|appropriate|new|final|brief|clear)\s+){0,4}(?:title|titre(?: proposé)?|titel|título|titolo)(?: for (?:this|the|your) \p{L}+)?(?:\s*[:：=-]|\s+(?:is|would be|could be|est)\b\s*[:：]?)`,
    String.raw`(?:标题|標題|题目|タイトル|제목|(?:final )?answer|output|response|topic|subject|summary|assistant|option \d+|sujet|réponse|résumé)\s*[:：=]`,
  ].join('|')})s*`,
  'iu',
);
/** Words that models write where there is no title. */
const nothing =
  /^(?:none|null|nil|undefined|n\/a|untitled|no title|new (?:chat|conversation)|sans titre|aucun|nouvelle conversation|object object|assistant|user|title|titre|json)$/iu;
/** A line that declares itself to be something else. */
const otherThings = /^(?:thinking(?: process)?|thoughts?|reasoning|analysis|error|erreur|note|remarque)\s*[:：]/iu;
const marks = /^(?:#+|>|[-*+•]|\d{1,2}[.)])\s+/u;
const quotes = /^["'«“‘„`*_\s]+|["'»”’“`*_\s.]+$/gu;
/** A quoted title with a remark after it. */
const quotedAlone = /^["“«„]\s*([^"”»“]+?)\s*["”»“]\s*[([–—-].*$/u;
/** Invisible signs, except those that join emoji. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const longestWords = 16;

/** A title within a value of JSON: by its name, else the first text. */
const titleInValue = (value: unknown, depth = 0): string | null => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > 2) return null;
  const named = Object.entries(value).find(([key]) => /^(?:title|titre)$/i.test(key));
  return titleInValue(named ? named[1] : Object.values(value)[0], depth + 1);
};

/** The title in JSON, with which some models answer. */
const titleInJson = (written: string): string | null => {
  const json = /[{[][\s\S]*[}\]]/.exec(written)?.[0];
  if (json === undefined) return null;
  try {
    return titleInValue(JSON.parse(json));
  } catch {
    return null;
  }
};

const plainTitle = (line: string): string =>
  line
    .replace(unseen, '')
    .replace(marks, '')
    .replace(/\\(?:boxed|text|textbf|title)\{([^{}]*)\}/g, '$1')
    .replace(/\\boxed\{([^{}]*)\}/g, '$1')
    .replace(/^\$+(.*?)\$+$/, '$1')
    .replace(/<\/?[\p{L}|][^<>]*>|\[\/?INST\]/gu, '')
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/(\*\*|__|`+)/g, '')
    .replace(/\s*\[\d+\]$/, '')
    .replace(quotedAlone, '$1')
    .replace(quotes, '')
    .replace(label, '')
    .replace(quotedAlone, '$1')
    .replace(quotes, '')
    .replace(/^[[(]([^[\]()]*)[\])]$/, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The title in the answer of a model: one line of plain words. Null where there is none: thinking aloud, a preface alone, data, a
 * whole paragraph, a line that was cut (`whole` false). Pure.
 */
export const titleFromModel = (written: string, { whole }: { whole: boolean }): string | null => {
  const text = written.trim();
  if (/^(?:```\w*\s*)?(?:\{|\[\s*["{])/.test(text) || /```json\s*[{[]/.test(text)) return accepted(plainTitle(titleInJson(text) ?? ''));
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:```|~~~)/.test(line));
  const complete = whole ? lines : lines.slice(0, -1);
  for (const line of complete) {
    const title = plainTitle(line);
    if (title === '' || nothing.test(title) || otherThings.test(title)) continue;
    // In "Sure! Here is a title: The tides" the title follows the colon; "The tides: an introduction" is a title itself.
    if (!preface.test(title)) {
      if (/[:：]$/u.test(title)) continue;
      return accepted(title);
    }
    const behind = plainTitle(/[:：]\s*(\S.*)$/u.exec(title)?.[1] ?? '');
    if (behind !== '' && !preface.test(behind) && !nothing.test(behind)) return accepted(behind);
  }
  return null;
};

const accepted = (title: string): string | null => {
  if (!/[\p{L}\p{N}]/u.test(title) || nothing.test(title) || /[{}<>]|\[\/?think|\|>/iu.test(title)) return null;
  if (title.length > 100 || title.split(' ').length > longestWords) return null;
  return title;
};

export interface Titler {
  /** Asks a model for a title in the background. A person's title stays, and on an error the present one. */
  improve(question: Message, answer: Message, agentId: string): void;
  /** Ends running requests. */
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
  settings: () => Pick<Settings, 'conversations'>;
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
      // A model that thinks first spends most of the limit before the title.
      maxOutputTokens: answer.thinking === null ? 60 : 1_000,
      limitMs: titleTimeMs,
      signal: abort.signal,
    });
    const title = titleFromModel(written.text, written);
    if (title && setAutomaticTitle(db, conversation.id, title)) changes.publish('conversation', conversation.id);
  };

  return {
    improve: (question, answer, agentId) => {
      if (!settings().conversations.modelTitles || answer.text === '') return;
      const task = write(question, answer, agentId)
        .catch((error: unknown) => {
          // If the model gives no answer, the words of the question stay the title; the ledger has the call.
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
