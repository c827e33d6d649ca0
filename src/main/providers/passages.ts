import type { Source } from '@shared/model';
import type { PassagesAnswerer } from './gateway';

/** Passages quoted, and the characters of each. */
const quotes = 3;
const quoteLength = 420;

const words = {
  en: {
    none: 'Nothing in your documents answers this question.',
    weak: 'Your documents may touch on this; these passages come closest:',
    found: 'The passages of your documents that fit best:',
    pages: (page: number) => `page ${page}`,
    lines: (start: number, end: number) => (start === end ? `line ${start}` : `lines ${start}–${end}`),
    hint: 'Add a provider in the settings to get a written answer.',
  },
  fr: {
    none: 'Rien dans vos documents ne répond à cette question.',
    weak: 'Vos documents effleurent peut-être le sujet ; voici les passages les plus proches :',
    found: 'Les passages de vos documents qui conviennent le mieux :',
    pages: (page: number) => `page ${page}`,
    lines: (start: number, end: number) => (start === end ? `ligne ${start}` : `lignes ${start} à ${end}`),
    hint: 'Ajoutez un fournisseur dans les réglages pour obtenir une réponse rédigée.',
  },
} as const;

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words of the question worth finding in a passage: four letters or more. */
const keywords = (question: string): string[] => [...new Set(folded(question).match(/[\p{L}\p{N}]{4,}/gu) ?? [])];

/** Cuts a passage at sentence ends to the stretch that holds most of the question's words, verbatim. */
const bestExcerpt = (text: string, question: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= quoteLength) return flat;
  const sentences = flat.match(/[^.!?…]+[.!?…]*\s*/gu) ?? [flat];
  const wanted = keywords(question);
  let best = { score: -1, text: '' };
  for (const [first] of sentences.entries()) {
    let stretch = '';
    for (const sentence of sentences.slice(first)) {
      if (stretch && stretch.length + sentence.length > quoteLength) break;
      stretch += sentence;
    }
    const plain = folded(stretch);
    const score = wanted.filter((word) => plain.includes(word)).length;
    if (score > best.score) best = { score, text: stretch };
  }
  const excerpt = best.text.trim();
  return excerpt.length <= quoteLength ? excerpt : `${excerpt.slice(0, quoteLength).replace(/\s+\S*$/, '')} …`;
};

/** Markdown inside a document is text here: it must not become a heading, a link or an image of our answer. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&');

const place = (source: Source, language: 'en' | 'fr'): string =>
  source.page === null ? words[language].lines(source.lineStart, source.lineEnd) : words[language].pages(source.page);

/**
 * The built-in answerer: quotes the best sources, each with its `[n]`, in the question's language. Sources come best
 * first; with none it says that the documents do not answer. It never writes a sentence about the content of its own.
 */
export const answerFromPassages: PassagesAnswerer = ({ question, sources, language, support }) => {
  const say = words[language];
  if (sources.length === 0 || support === 'none') return `${say.none}\n\n${say.hint}`;
  const quoted = sources.slice(0, quotes).map((source) => {
    const heading = [source.title, ...source.headingPath.slice(-1), place(source, language)].map(escaped).join(' · ');
    return `> ${escaped(bestExcerpt(source.text, question))} [${source.marker}]\n>\n> — ${heading}`;
  });
  return [support === 'weak' ? say.weak : say.found, ...quoted, say.hint].join('\n\n');
};
