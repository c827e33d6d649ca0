import { functionWords } from '@main/text/detectLanguage';
import { foldedWords } from '@main/text/words';
import { languageOfCourtesy } from './smallTalk';

/** Characters that are looked at. */
const longest = 4_000;
/** What an accent or an elision ("l'", "qu'") counts for French, against a function word: English keeps some in loan words. */
const accentWeight = 0.7;
const accents = /[éèêàùçôîœ]|\b[ldjcnsm]['’]|\bqu['’]/gi;

/** Which of the interface's languages a text is written in, by its courtesies, function words and accents; `fallback` when they do not tell. Pure. */
export const detectLanguage = (text: string, fallback: 'en' | 'fr' = 'en'): 'en' | 'fr' => {
  const start = text.slice(0, longest);
  const courtesy = languageOfCourtesy(start);
  if (courtesy) return courtesy;
  const { en, fr } = functionWords(foldedWords(start));
  const balance = fr - en + accentWeight * (start.match(accents)?.length ?? 0);
  return balance > 0 ? 'fr' : balance < 0 ? 'en' : fallback;
};
