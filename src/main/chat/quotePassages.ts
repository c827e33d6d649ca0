import { quotedPassages, quoteOf } from '@main/knowledge/quotes';
import { replyTo, smallTalkOf } from '@main/knowledge/smallTalk';
import type { TurnSources } from '@main/store/turns';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { EmergenceError, type Source, type TurnEvent } from '@shared/model';
import type { Answered, ChatTurn, ChatTurnDeps } from './chatTurn';

/**
 * Answers without a model: quotes sentences of the best passages. An answer that a model began is continued with excerpts of its
 * sources. Throws `provider.none` where documents are off.
 */
export const quotePassages = (
  deps: Pick<ChatTurnDeps, 'passages' | 'now'>,
  turn: ChatTurn,
  { found, writer, emit }: { found: TurnSources | null; writer: AnswerWriter; emit: (event: TurnEvent) => void },
): Answered => {
  const { question, language, partial } = turn;
  if (!turn.settings.documents) throw new EmergenceError('provider.none');
  const excerpt = (source: Source): Source => (partial === '' ? source : quoteOf(source, question.text));
  const sources = found?.sources ?? [];
  const excerpts = sources.slice(0, quotedPassages).map(excerpt);
  writer.allow(excerpts);
  const courtesy = found === null ? smallTalkOf(question.text) : null;
  const whole = courtesy ? replyTo(courtesy, language) : deps.passages({ excerpts, language, support: found?.support ?? 'none' });
  const firstWordMs = deps.now() - turn.createdAt;
  const model = { provider: 'passages', model: 'passages' };
  emit({ type: 'status', step: 'writing', ...model });
  writer.write(whole.startsWith(partial) ? whole.slice(partial.length) : `\n\n${whole}`);
  // A continued answer may cite the sources it had before.
  const quoted = partial === '' ? excerpts : [...excerpts, ...sources.slice(quotedPassages)];
  return { ...model, usage: null, firstWordMs, fallback: null, quoted, error: null };
};
