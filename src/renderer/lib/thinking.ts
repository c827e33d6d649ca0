import type { Thinking, TurnEvent } from '@shared/model';

/** The thinking after a piece of it; nothing is left of an attempt that began anew. The same piece twice changes nothing. */
export const withThinking = (
  before: Thinking | null,
  { offset, text, ms, cut }: Extract<TurnEvent, { type: 'thinking' }>,
): Thinking | null => {
  const thought = (before?.text ?? '').slice(0, offset) + text;
  return thought === '' && ms === 0 && !cut ? null : { text: thought, ms, cut };
};
