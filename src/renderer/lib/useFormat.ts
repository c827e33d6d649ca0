import { useTranslation } from 'react-i18next';
import { type Format, formatFor } from './format';

/** The person's own region if it uses the chosen language, so that an English window in Sweden does not use Swedish formats. */
export const localeFor = (language: string): string => navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;

export const useFormat = (): Format => {
  const { i18n } = useTranslation();
  return formatFor(localeFor(i18n.resolvedLanguage ?? 'en'));
};
