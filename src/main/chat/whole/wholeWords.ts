import { joinPlaces, type Place, placeWords } from '@shared/model';

type Language = 'en' | 'fr';

/** The words of an answer on its reading, beside the words of the document. French has its spaces. */
export const wholeWords = {
  en: {
    all: (pages: number | null, parts: number) =>
      `Read: ${pages === null ? 'the whole document' : pages === 1 ? 'its one page' : `all ${pages} pages`}${parts > 1 ? `, in ${parts} parts` : ''}.`,
    some: (read: number, parts: number, places: string) => `Read: ${read} of ${parts} parts. Not read: ${places}.`,
    unreadPages: (pages: string) => `Pages without text that could be read: ${pages}.`,
    changed: 'The document has changed since: this is a summary of the version before.',
    noModel: (title: string) =>
      `A summary needs a model, and none is set up: add a provider in the settings. Without one, here are the outline of “${title}” and the sentences that say most of what it says, word for word.`,
    outline: 'Outline',
    cut: (left: number) => `… and ${left} more headings.`,
    sentences: 'In its own words',
    noSentences: 'It has no sentences to quote: it may be a table or a list.',
  },
  fr: {
    all: (pages: number | null, parts: number) =>
      `Lu\u00a0: ${pages === null ? 'le document entier' : pages === 1 ? 'sa seule page' : `les ${pages} pages`}${parts > 1 ? `, en ${parts} parties` : ''}.`,
    some: (read: number, parts: number, places: string) => `Lu\u00a0: ${read} parties sur ${parts}. Non lu\u00a0: ${places}.`,
    unreadPages: (pages: string) => `Pages sans texte lisible\u00a0: ${pages}.`,
    changed: 'Le document a changé depuis\u00a0: ce résumé est celui de la version précédente.',
    noModel: (title: string) =>
      `Un résumé demande un modèle, et aucun n’est configuré\u00a0: ajoutez un fournisseur dans les réglages. Sans modèle, voici le plan de «\u00a0${title}\u00a0» et les phrases qui disent l’essentiel, mot pour mot.`,
    outline: 'Plan',
    cut: (left: number) => `… et ${left} autres titres.`,
    sentences: 'Dans ses propres mots',
    noSentences: 'Il n’a pas de phrases à citer\u00a0: c’est peut-être un tableau ou une liste.',
  },
} as const;

/** Where a stretch of a document lies: "pages 40–47", or from one place to another. */
export const stretchWords = (first: Place, last: Place, language: Language): string => {
  const isOne = first.kind === last.kind && first.label === last.label;
  if (isOne) return placeWords({ ...joinPlaces(first, last), headings: [] }, language);
  return `${placeWords(first, language)} – ${placeWords(last, language)}`;
};
