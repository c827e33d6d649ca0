import { estimateTokens } from '@main/providers/tokens';
import { informativeWords } from '@main/text/questionWords';
import { foldedWords } from '@main/text/words';
import { sentenceEnds } from '@shared/text/sentences';

/**
 * A text of at most so many tokens: whole where it fits, else its sentences from the best place for the question on, with an ellipsis
 * where something is left out.
 */
export const excerptOfTurn = (text: string, question: string, tokens: number): string => {
  if (estimateTokens(text) <= tokens) return text;
  const asked = new Set(informativeWords(question));
  const ends = sentenceEnds(text).filter((end) => end < text.length);
  const sentences = [0, ...ends].map((start, index) => text.slice(start, ends[index] ?? text.length));
  const worth = sentences.map((sentence) => new Set(foldedWords(sentence).filter((word) => asked.has(word))).size);
  const best = worth.indexOf(Math.max(...worth));
  // The sentence before the best one often says what it is about.
  const start = Math.max(0, best - 1);
  let excerpt = '';
  for (const sentence of sentences.slice(start)) {
    if (estimateTokens(excerpt + sentence) > tokens) break;
    excerpt += sentence;
  }
  const cut = excerpt.trim() || cutTo(sentences[best] ?? text, tokens);
  return `${start > 0 ? '… ' : ''}${cut.trim()}${text.trimEnd().endsWith(cut.trim()) ? '' : ' …'}`;
};

/** The longest beginning of so many tokens. */
const cutTo = (text: string, tokens: number): string => {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (estimateTokens(text.slice(0, middle)) <= tokens) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low);
};
