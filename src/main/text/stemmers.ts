import { createRequire } from 'node:module';
import type snowball from 'snowball-stemmers';

const load = createRequire(import.meta.url);

/**
 * Stems words of a language. The library holds the stemmers of all languages in one big file: it is loaded with the first word, since
 * a start stems none.
 */
export const stemmerOf = (language: 'english' | 'french' | 'russian'): ((word: string) => string) => {
  let made: ReturnType<typeof snowball.newStemmer> | null = null;
  return (word) => {
    made ??= (load('snowball-stemmers') as typeof snowball).newStemmer(language);
    return made.stem(word);
  };
};
