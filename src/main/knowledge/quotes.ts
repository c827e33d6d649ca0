import { languageOfText } from '@main/text/detectLanguage';
import { foldedWords } from '@main/text/words';
import type { Passage, Source } from '@shared/model';
import { numberSources, withoutOverlaps } from './context';
import { bestExcerpt, firstExcerpt, tellingWords } from './excerpt';
import { narrowTo, seamsOf } from './narrowCitations';

/** Passages that an answer without a model shows. */
export const quotedPassages = 3;
/** Share of the best passage's score below which a passage is not shown: what is far behind is there by chance. */
const leastScore = 0.45;

/** The part of a source that says most about the question, long enough to be read alone; its beginning when no word says where. */
export const quoteOf = (source: Source, question: string, more: readonly string[] = []): Source => {
  if (source.text.length !== source.end - source.start) return source;
  const words = [...tellingWords(question), ...more];
  const excerpt = bestExcerpt({ text: source.text, words, seams: seamsOf(source), extend: true }) ?? firstExcerpt(source.text);
  return excerpt ? narrowTo(source, excerpt) : source;
};

/** Share of the best passage's score from which one in the question's language is preferred. */
const readableScore = 0.8;

/** Passages in the question's language come first where one of them is about as good as the best: a reader has no model to translate. */
const readableFirst = (passages: readonly Passage[], language: 'en' | 'fr'): Passage[] => {
  const readable = passages.filter(({ text }) => (languageOfText(text) ?? 'en') === language);
  const isNear = (readable[0]?.score ?? 0) >= readableScore * (passages[0]?.score ?? 0);
  return isNear ? [...readable, ...passages.filter((passage) => !readable.includes(passage))] : [...passages];
};

/**
 * The answer of a library without a model to a question in `language`: excerpts of the best passages, numbered, best first, none
 * twice. The words that search matched are looked for too: it knows the forms of the passage's own language.
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
