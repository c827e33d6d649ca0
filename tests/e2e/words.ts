import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Language = 'en' | 'fr';
const locales = resolve(import.meta.dirname, '..', '..', 'src', 'renderer', 'locales');

/** The interface's words in a language: `wordsOf('fr')('settings', 'providers.add')`. Throws for an unknown key. */
export const wordsOf =
  (language: Language) =>
  (file: string, key: string): string => {
    const texts: unknown = JSON.parse(readFileSync(join(locales, language, `${file}.json`), 'utf8'));
    const found = key.split('.').reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], texts);
    if (typeof found !== 'string') throw new Error(`No words for ${key} in ${language}/${file}.json`);
    return found;
  };
