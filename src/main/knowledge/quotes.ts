import { languageOfText } from '@main/text/detectLanguage';
import { foldedWords } from '@main/text/words';
import type { Passage, Source } from '@shared/model';
import { numberSources, withoutOverlaps } from './context';
import { bestExcerpt, contentWords, firstExcerpt } from './excerpt';
import { narrowTo, seamsOf } from './sourceExcerpts';

/** How many passages an answer without a model shows. */
export const quotedPassages = 3;
/** A passage whose score is below this share of the best one is not shown: it matched by chance. */
const leastScore = 0.45;

/** The part of a source that matches the question best, long enough to be read alone; its beginning when no word matches. */
export const quoteOf = (source: Source, question: string, more: readonly string[] = []): Source => {
  if (source.text.length !== source.end - source.start) return source;
  const words = [...contentWords(question), ...more];
  const excerpt =
    bestExcerpt({ text: source.text, format: source.format, words, seams: seamsOf(source), extend: true }) ??
    firstExcerpt(source.text, source.format);
  return excerpt ? narrowTo(source, excerpt) : source;
};

/** A passage in the question's language is preferred if its score is at least this share of the best one. */
const readableScore = 0.8;

/**
 * Puts passages in the question's language first where one of them is about as good as the best: here no model translates for the
 * reader.
 */
const readableFirst = (passages: readonly Passage[], language: 'en' | 'fr'): Passage[] => {
  const readable = passages.filter(({ text }) => (languageOfText(text) ?? 'en') === language);
  const isNear = (readable[0]?.score ?? 0) >= readableScore * (passages[0]?.score ?? 0);
  return isNear ? [...readable, ...passages.filter((passage) => !readable.includes(passage))] : [...passages];
};

/**
 * The answer of a library without a model to a question in `language`: excerpts of the best passages, numbered, best first, none
 * twice. The words that search matched are looked for too, since search knows the forms of the passage's own language.
 */
export const quotesOf = (question: string, passages: readonly Passage[], language: 'en' | 'fr'): Source[] => {
  const best = Math.max(0, ...passages.map(({ score }) => score));
  const near = withoutOverlaps(passages).filter(({ score }) => score >= leastScore * best);
  const quotes = readableFirst(near, language).map((passage) => {
    const matched = foldedWords(passage.matches.map(([start, end]) => passage.text.slice(start, end)).join(' '));
    return { ...quoteOf({ ...passage, marker: 1 }, question, matched), matches: [] };
  });
  const different = quotes.filter(({ text }, index) => quotes.findIndex((other) => other.text === text) === index);
  return numberSources(different.slice(0, quotedPassages));
};
