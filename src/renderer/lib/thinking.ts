import type { Thinking, TurnEvent } from '@shared/model';

/** The thinking with one more piece; the thinking of an earlier attempt is dropped. The same piece twice changes nothing. */
export const withThinking = (
  before: Thinking | null,
  { offset, text, ms, cut }: Extract<TurnEvent, { type: 'thinking' }>,
): Thinking | null => {
  const thought = (before?.text ?? '').slice(0, offset) + text;
  return thought === '' && ms === 0 && !cut ? null : { text: thought, ms, cut };
};
