import { unknownWindow } from '@main/knowledge/context';
import type { ModelGateway } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import { completeText, type TextRequest } from '@main/turns/completeText';
import { EmergenceError } from '@shared/model';
import { clipText, fitting } from './fitText';

/** The longest summary: one that is longer is read no better and leaves less room for what follows it. */
export const longestWords = 200;
/** A summary shorter than this is useless. */
export const shortestWords = 40;
/** On the safe side, French included. */
export const tokensPerWord = 2.5;
/** A slow model on this machine gets enough time; the gateway ends one that hangs. */
const summaryTimeMs = 120_000;

export interface FoldRequest extends Pick<TextRequest, 'purpose' | 'turnId' | 'conversationId' | 'agentId' | 'candidates' | 'signal'> {
  /** The summary so far, as the first entry. */
  earlier: string | null;
  /** The texts after it that are to be folded in, oldest first. */
  entries: readonly string[];
  /** The most words of the result. */
  words: number;
  /** Builds the prompt around a transcript. */
  render: (transcript: readonly string[]) => TextRequest['prompt'];
}

/**
 * One call to a model, which makes the next summary of the one so far and of as many entries as its window holds. Returns its text,
 * the number of entries in it and the model. Throws `provider.context_exceeded` where the window holds none, `provider.no_answer` for
 * an empty text, and the gateway's errors.
 */
export const foldText = async (
  gateway: Pick<ModelGateway, 'stream'>,
  { earlier, entries, words, render, ...request }: FoldRequest,
): Promise<{ text: string; read: number; model: string | null }> => {
  const tokens = Math.ceil(words * tokensPerWord);
  const before = earlier === null ? [] : [earlier];
  // Any candidate may answer, so the folded entries must fit into the smallest window.
  const window = Math.min(...request.candidates.map(({ contextTokens }) => contextTokens ?? unknownWindow));
  const room = window - 2 * tokens - estimateTokens(render(before).text);
  if (room < shortestWords * tokensPerWord) throw new EmergenceError('provider.context_exceeded');
  const read = fitting(entries, room);
  const prompt = render([...before, ...entries.slice(0, read).map((entry) => clipText(entry, room))]);
  const written = await completeText(gateway, { ...request, prompt, maxOutputTokens: 2 * tokens, limitMs: summaryTimeMs });
  const text = clipText(written.text.trim(), tokens);
  if (text === '') throw new EmergenceError('provider.no_answer', { reason: 'empty' });
  return { text, read, model: written.model };
};
