import type { Thinking, TurnEvent } from '@shared/model';

/** The known part of an answer while it is written. */
export interface Writing {
  text: string;
  /** The model's thinking, apart from the text. */
  thinking: Thinking | null;
}

export type Piece = Extract<TurnEvent, { type: 'delta' | 'thinking' | 'rethink' }>;

/**
 * The answer with one more piece, the same object where the piece came before. Null where text is missing between what is known
 * and the piece: then the answer must be read again.
 */
export const withPiece = <Answer extends Writing>(answer: Answer, piece: Piece): Answer | null => {
  switch (piece.type) {
    case 'delta': {
      const known = answer.text.length - piece.offset;
      if (known < 0) return null;
      return known >= piece.text.length ? answer : { ...answer, text: answer.text + piece.text.slice(known) };
    }
    case 'thinking':
      return { ...answer, thinking: withThinking(answer.thinking, piece) };
    case 'rethink':
      return { ...answer, text: answer.text.slice(0, piece.length), thinking: piece.thinking };
  }
};

/** The thinking with one more piece; the thinking of an earlier attempt is dropped. */
const withThinking = (before: Thinking | null, { offset, text, ms, cut }: Extract<Piece, { type: 'thinking' }>): Thinking | null => {
  const thought = (before?.text ?? '').slice(0, offset) + text;
  return thought === '' && ms === 0 && !cut ? null : { text: thought, ms, cut };
};
