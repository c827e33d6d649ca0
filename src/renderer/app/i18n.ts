import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstTexts } from '../locales/first';

export type Language = keyof typeof firstTexts;
export const languages = Object.keys(firstTexts) as Language[];
const remembered = 'emergence.language';

/** The system's language if the window has it, else English. */
export const systemLanguage = (): Language =>
  navigator.languages.map((tag) => tag.split('-')[0]).find((tag): tag is Language => languages.some((language) => language === tag)) ??
  'en';

const announce = (language: Language): void => {
  document.documentElement.lang = language;
  window.desktop?.setLanguage(language);
};

/** Starts with the language last used here, so that the first frame already has it; the setting follows. */
export const startTexts = (): void => {
  const last = localStorage.getItem(remembered);
  const language = languages.find((one) => one === last) ?? systemLanguage();
  // Done when it returns, since the texts are given.
  void i18next
    .use(initReactI18next)
    .init({ lng: language, fallbackLng: false, defaultNS: 'common', interpolation: { escapeValue: false }, resources: firstTexts });
  announce(language);
};

export const setLanguage = async (choice: 'system' | Language): Promise<void> => {
  const language = choice === 'system' ? systemLanguage() : choice;
  localStorage.setItem(remembered, language);
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  announce(language);
};
