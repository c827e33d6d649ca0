import type { Message } from '@shared/model';

/**
 * True for a complete answer whose model was given passages of the documents and that cites none of them, nor says what one of them
 * says. An answer with an error
 * is not saved yet, so that its citations are not known.
 */
export const citesNothing = ({ state, error, text, info, citations }: Message): boolean =>
  state === 'complete' && error === null && text.trim() !== '' && (info?.given ?? 0) > 0 && citations.length === 0;
