import { quotedPassages, quoteOf } from '@main/knowledge/quotes';
import { replyTo, smallTalkOf } from '@main/knowledge/smallTalk';
import { timelineAnswer } from '@main/memory/timeline/timelineText';
import type { AnswerWriter } from '@main/turns/answerWriter';
import { EmergenceError, type Source, type TurnEvent } from '@shared/model';
import type { Answered, ChatTurn, ChatTurnDeps } from './chatTurn';
import type { Prepared } from './prepareTurn';

/**
 * Answers without a model: with the timeline that a question about time asks for, else with sentences of the best passages. An
 * answer that a model began is continued with excerpts of its sources. Throws `provider.none` where documents are off and no time
 * is asked for.
 */
export const quotePassages = (
  deps: Pick<ChatTurnDeps, 'passages' | 'now'>,
  turn: ChatTurn,
  { prepared, writer, emit }: { prepared: Prepared; writer: AnswerWriter; emit: (event: TurnEvent) => void },
): Answered => {
  const { question, language, partial } = turn;
  const { found, time } = prepared;
  if (!turn.settings.documents && !time) throw new EmergenceError('provider.none');
  const excerpt = (source: Source): Source => (partial === '' ? source : quoteOf(source, question.text));
  const isDated = time !== null && (time.counts.messages > 0 || found?.support !== 'strong');
  const sources = isDated ? [] : (found?.sources ?? []);
  const excerpts = sources.slice(0, quotedPassages).map(excerpt);
  writer.allow(excerpts);
  const courtesy = found === null ? smallTalkOf(question.text) : null;
  const passages = () => deps.passages({ excerpts, language, support: found?.support ?? 'none' });
  const answer = isDated ? [] : [courtesy ? replyTo(courtesy, language) : passages()];
  const whole = [...(time ? [timelineAnswer(time, language)] : []), ...answer].join('\n\n');
  const firstWordMs = deps.now() - turn.createdAt;
  const model = { provider: 'passages', model: 'passages' };
  emit({ type: 'status', step: 'writing', ...model });
  writer.write(whole.startsWith(partial) ? whole.slice(partial.length) : `\n\n${whole}`);
  // A continued answer may cite the sources it had before.
  const quoted = partial === '' ? excerpts : [...excerpts, ...sources.slice(quotedPassages)];
  return { ...model, usage: null, firstWordMs, fallback: null, quoted, error: null };
};
