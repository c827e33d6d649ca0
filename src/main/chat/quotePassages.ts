import { quotedPassages, quoteOf } from '@main/knowledge/quotes';
import { memoryAnswer } from '@main/memory/recall/recallText';
import { timelineAnswer } from '@main/memory/timeline/timelineText';
import { replyTo, smallTalkOf } from '@main/text/smallTalk';
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
  deps: Pick<ChatTurnDeps, 'passages' | 'memory' | 'now'>,
  turn: ChatTurn,
  { prepared, writer, emit }: { prepared: Prepared; writer: AnswerWriter; emit: (event: TurnEvent) => void },
): Answered => {
  const { question, language, partial } = turn;
  const { found, time, recalled } = prepared;
  // Earlier messages are shown where the past is asked for and the timeline lacks it: a question that was put twice is no answer.
  const isRemembered = recalled?.state === 'found' && !(time && time.counts.messages > 0);
  const shown = isRemembered ? { ...recalled, messages: time ? recalled.messages : [] } : null;
  const memory = shown ? memoryAnswer(shown, { language, zone: deps.memory.zone(), now: deps.now() }) : { text: '', lines: [] };
  if (!turn.settings.documents && !time && memory.text === '') throw new EmergenceError('provider.none');
  const excerpt = (source: Source): Source => (partial === '' ? source : quoteOf(source, question.text));
  const isDated = time !== null && (time.counts.messages > 0 || found?.support !== 'strong');
  const isEnough = isDated || (memory.text !== '' && (found === null || found.support === 'none'));
  const sources = isEnough ? [] : (found?.sources ?? []);
  const excerpts = sources.slice(0, quotedPassages).map(excerpt);
  writer.allow(excerpts);
  const courtesy = found === null ? smallTalkOf(question.text) : null;
  const passages = () => deps.passages({ excerpts, language, support: found?.support ?? 'none' });
  const answer = isEnough ? [] : [courtesy ? replyTo(courtesy, language) : passages()];
  const isNothing = time?.counts.messages === 0 && memory.text !== '';
  const said = time && !isNothing ? [timelineAnswer(time, language)] : [];
  const whole = [...said, ...(memory.text === '' ? [] : [memory.text]), ...answer].join('\n\n');
  const firstWordMs = deps.now() - turn.createdAt;
  const model = { provider: 'passages', model: 'passages' };
  emit({ type: 'status', step: 'writing', ...model });
  writer.write(whole.startsWith(partial) ? whole.slice(partial.length) : `\n\n${whole}`);
  // A continued answer may cite the sources it had before.
  const quoted = partial === '' ? excerpts : [...excerpts, ...sources.slice(quotedPassages)];
  return { ...model, usage: null, firstWordMs, fallback: null, quoted, memories: memory.lines, error: null };
};
