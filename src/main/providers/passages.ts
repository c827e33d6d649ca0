import { placeWords, type Source } from '@shared/model';
import type { PassagesAnswerer } from './gateway';
import { escaped, quotedBlocks, quotedWhole } from './quotedBlocks';

const words = {
  en: {
    none: 'Nothing in your documents answers this question.',
    weak: 'Your documents may touch on this; these passages come closest:',
    found: 'The passages of your documents that fit best:',
    hint: 'Add a provider in the settings to get a written answer.',
  },
  fr: {
    none: 'Rien dans vos documents ne répond à cette question.',
    weak: 'Vos documents effleurent peut-être le sujet ; voici les passages les plus proches :',
    found: 'Les passages de vos documents qui conviennent le mieux :',
    hint: 'Ajoutez un fournisseur dans les réglages pour obtenir une réponse rédigée.',
  },
} as const;

/** The title and the place of an excerpt, with its number. */
const whereOf = (excerpt: Source, language: 'en' | 'fr'): string => {
  // A heading equal to the title adds nothing.
  const headings = excerpt.place.headings.slice(-1).filter((heading) => heading !== excerpt.title);
  const where = [excerpt.title, ...headings, placeWords(excerpt.place, language)].map(escaped).join(' · ');
  return `— ${where} [${excerpt.marker}]`;
};
const asQuote = (blocks: readonly string[]): string => blocks.join('\n\n').replace(/^/gm, '> ');

/** An excerpt as a quote with its place and its number. */
export const shownExcerpt = (excerpt: Source, language: 'en' | 'fr'): string =>
  asQuote([...quotedBlocks(excerpt.text, excerpt.format), whereOf(excerpt, language)]);

/** The same with every sign of the text, none cut. */
export const shownWhole = (excerpt: Source, language: 'en' | 'fr'): string =>
  asQuote([...quotedWhole(excerpt.text), whereOf(excerpt, language)]);

/**
 * The built-in answerer: shows the given excerpts, each with its `[n]`, in the question's language. They come best first; without
 * any it states that the documents do not answer. It never writes a sentence of its own about their content.
 */
export const answerFromPassages: PassagesAnswerer = ({ excerpts, language, support }) => {
  const say = words[language];
  if (excerpts.length === 0 || support === 'none') return `${say.none}\n\n${say.hint}`;
  const quoted = excerpts.map((excerpt) => shownExcerpt(excerpt, language));
  return [support === 'weak' ? say.weak : say.found, ...quoted, say.hint].join('\n\n');
};
