import i18next from 'i18next';

/** Adds the texts of a part of the window that comes with a file of its own, in both languages, before that part is shown. */
export const addTexts = (namespace: string, texts: Record<'en' | 'fr', object>): void => {
  for (const [language, words] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, words);
};
