import { estimateTokens } from '@main/providers/tokens';
import { sentenceEnds } from '@shared/text/sentences';

/** Tokens of an entry with the separator to the next one. */
export const sizeOf = (entry: string): number => estimateTokens(entry) + 2;

/** How many entries from the first on fit into `tokens`; at least one. Pure. */
export const fitting = (entries: readonly string[], tokens: number): number => {
  let left = tokens;
  const fits = entries.findIndex((entry) => {
    left -= sizeOf(entry);
    return left < 0;
  });
  return fits === -1 ? entries.length : Math.max(1, fits);
};

/** Cuts a text to `tokens`, after a sentence, or after a word where that would lose too much. Pure. */
export const clipText = (text: string, tokens: number): string => {
  if (estimateTokens(text) <= tokens) return text;
  let end = text.length;
  while (end > 0 && estimateTokens(text.slice(0, end)) > tokens) end = Math.floor(end * 0.95);
  const cut = text.slice(0, end);
  const whole = cut.slice(0, sentenceEnds(cut).findLast((place) => place < cut.length) ?? 0);
  return whole.length > cut.length / 2 ? whole : cut.slice(0, cut.lastIndexOf(' ') + 1).trimEnd();
};
