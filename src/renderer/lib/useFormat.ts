import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format';

/** The person's own region where it speaks the chosen language, so that an English window in Sweden keeps Swedish habits out. */
export const localeFor = (language: string): string => navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;

export const useFormat = (): Format => {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => createFormat(localeFor(language)), [language]);
};
