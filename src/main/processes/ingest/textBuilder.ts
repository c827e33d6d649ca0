import { EmergenceError, type Span } from '@shared/model';
import { cleanText } from './cleanText';
import { limits } from './limits';

export interface BuiltText {
  text: string;
  spans: Span[];
}

/** Collects blocks of text with the spans that label them, so that positions are right by construction. */
export const createTextBuilder = () => {
  const parts: string[] = [];
  const spans: Span[] = [];
  let length = 0;

  const append = (piece: string): void => {
    length += piece.length;
    if (length > limits.textCharacters) throw new EmergenceError('document.too_large', { characters: length });
    parts.push(piece);
  };
  /** Puts a blank line between blocks, none before the first. */
  const separate = (separator = '\n\n'): void => {
    if (length > 0) append(separator);
  };

  return {
    get length() {
      return length;
    },
    /** Adds a block after a separator and returns its range; an empty one adds nothing and returns null. */
    block: (raw: string, separator?: string): { start: number; end: number } | null => {
      const text = cleanText(raw)
        .trimEnd()
        .replace(/^\s*\n/, '');
      if (!text.trim()) return null;
      separate(separator);
      const start = length;
      append(text);
      return { start, end: length };
    },
    /** Labels all that was added since the text had `before` characters; the blank line above it is no part of it. */
    unit: (before: number, unit: Pick<Span, 'kind' | 'label' | 'level'>): void => {
      if (length > before) spans.push({ ...unit, start: before === 0 ? 0 : before + '\n\n'.length, end: length });
    },
    span: (span: Span): void => {
      if (span.end > span.start) spans.push(span);
    },
    build: (): BuiltText => ({ text: parts.join(''), spans: spans.toSorted((a, b) => a.start - b.start || b.end - a.end) }),
  };
};
export type TextBuilder = ReturnType<typeof createTextBuilder>;
