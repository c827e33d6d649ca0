import { useTranslation } from 'react-i18next';
import { type Format, formatFor } from './format';

/** The person's own region where it speaks the chosen language, so that an English window in Sweden keeps Swedish habits out. */
export const localeFor = (language: string): string => navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;

export const useFormat = (): Format => {
  const { i18n } = useTranslation();
  return formatFor(localeFor(i18n.resolvedLanguage ?? 'en'));
};
