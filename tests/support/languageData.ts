import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Puts the data of the languages into a folder `languages` there, as the program's build does; returns that folder. */
export const putLanguageData = (folder: string): string => {
  const languages = join(folder, 'languages');
  mkdirSync(languages, { recursive: true });
  for (const language of ['fra', 'eng', 'osd'])
    copyFileSync(
      join(dirname(require.resolve(`@tesseract.js-data/${language}/package.json`)), '4.0.0_best_int', `${language}.traineddata.gz`),
      join(languages, `${language}.traineddata.gz`),
    );
  return languages;
};
