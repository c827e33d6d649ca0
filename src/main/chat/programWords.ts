/** The sentences of answers that the program writes itself, beside the words of the documents. French has its spaces. */
export const programWords = {
  en: {
    complete: 'The complete text, as it is stored:',
    extract: 'An extract, as it is stored:',
    cut: 'It is longer, or its end is not marked in the document: open the source to read on.',
    sources: (found: number, wanted: number) =>
      found < wanted
        ? `${found} passage${found === 1 ? '' : 's'} of the ${wanted} that you asked for: your documents have no more that fit.`
        : `${found} passage${found === 1 ? '' : 's'} of your documents:`,
    listed: (total: number, words: string) =>
      words === ''
        ? `Your library has ${total} document${total === 1 ? '' : 's'}:`
        : `${total} document${total === 1 ? '' : 's'} hold${total === 1 ? 's' : ''} ${words}:`,
    noneListed: (words: string, missing: string) =>
      `No document holds ${words} together.${missing === '' ? '' : ` None at all holds ${missing}.`}`,
    shown: (shown: number, total: number) => `The first ${shown} of ${total}. The line above this answer opens them all.`,
    about: (total: number, isMore: boolean) =>
      `${total}${isMore ? ' more' : ''} document${total === 1 ? ' is' : 's are'} about it in other words, by ${total === 1 ? 'its' : 'their'} meaning:`,
    rule: (compared: number) =>
      `Counted is every document in which each of these words occurs, in any form, or in its title. ${
        compared === 0
          ? 'Documents that say it in other words are not counted.'
          : `Documents that say it in other words are counted where their meaning is near enough, which is a judgement: some may be missing, others may not belong.${
              compared < 1 ? ` So far ${Math.floor(compared * 100)} % of the library has been read for it.` : ''
            }`
      }`,
    and: 'and',
    quote: (word: string) => `“${word}”`,
  },
  fr: {
    complete: 'Le texte complet, tel qu’il est conservé\u00a0:',
    extract: 'Un extrait, tel qu’il est conservé\u00a0:',
    cut: 'Il est plus long, ou sa fin n’est pas marquée dans le document\u00a0: ouvrez la source pour lire la suite.',
    sources: (found: number, wanted: number) =>
      found < wanted
        ? `${found} passage${found === 1 ? '' : 's'} sur les ${wanted} demandés\u00a0: vos documents n’en ont pas d’autre qui convienne.`
        : `${found} passage${found === 1 ? '' : 's'} de vos documents\u00a0:`,
    listed: (total: number, words: string) =>
      words === ''
        ? `Votre bibliothèque compte ${total} document${total === 1 ? '' : 's'}\u00a0:`
        : `${total} document${total === 1 ? ' contient' : 's contiennent'} ${words}\u00a0:`,
    noneListed: (words: string, missing: string) =>
      `Aucun document ne contient à la fois ${words}.${missing === '' ? '' : ` Aucun ne contient ${missing}.`}`,
    shown: (shown: number, total: number) => `Les ${shown} premiers sur ${total}. La ligne au-dessus de cette réponse les ouvre tous.`,
    about: (total: number, isMore: boolean) =>
      `${total} ${isMore ? (total === 1 ? 'autre document' : 'autres documents') : `document${total === 1 ? '' : 's'}`} en ${total === 1 ? 'parle' : 'parlent'} avec d’autres mots, par le sens\u00a0:`,
    rule: (compared: number) =>
      `Est compté tout document où chacun de ces mots apparaît, sous n’importe quelle forme, ou dans son titre. ${
        compared === 0
          ? 'Ceux qui le disent avec d’autres mots ne sont pas comptés.'
          : `Ceux qui le disent avec d’autres mots sont comptés quand leur sens est assez proche, ce qui se juge\u00a0: il peut en manquer, et d’autres peuvent être de trop.${
              compared < 1 ? ` ${Math.floor(compared * 100)}\u00a0% de la bibliothèque ont été lus pour cela jusqu’ici.` : ''
            }`
      }`,
    and: 'et',
    quote: (word: string) => `«\u00a0${word}\u00a0»`,
  },
} as const;

/** Words of the person in a sentence of the program: "“bail” and “commercial”". */
export const wordsAsList = (words: readonly string[], language: 'en' | 'fr'): string => {
  const say = programWords[language];
  const quoted = words.map(say.quote);
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} ${say.and} ${quoted.at(-1)}`;
};
