import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const load: Record<Language, () => Promise<object>> = {
  en: async () => (await import('../locales/en')).en,
  fr: async () => (await import('../locales/fr')).fr,
};
const remembered = 'emergence.language';

/** The system's language if the window has it, else English. */
export const systemLanguage = (): Language =>
  navigator.languages.map((tag) => tag.split('-')[0]).find((tag): tag is Language => languages.some((language) => language === tag)) ??
  'en';

/** The language requested last: texts of an earlier request that come late must not replace it. */
let wanted: Language | null = null;

const show = async (language: Language): Promise<void> => {
  if (wanted === language) return;
  wanted = language;
  if (!i18next.hasResourceBundle(language, 'common')) {
    for (const [namespace, texts] of Object.entries(await load[language]())) i18next.addResourceBundle(language, namespace, texts);
  }
  if (wanted !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  window.desktop?.setLanguage(language);
};

/** Starts with the language last used here, so that the first frame already has it; the setting follows. */
export const startTexts = async (): Promise<void> => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', fallbackLng: false, defaultNS: 'common', interpolation: { escapeValue: false }, resources: {} });
  const last = localStorage.getItem(remembered);
  await show(languages.find((language) => language === last) ?? systemLanguage());
};

export const setLanguage = async (choice: 'system' | Language): Promise<void> => {
  const language = choice === 'system' ? systemLanguage() : choice;
  localStorage.setItem(remembered, language);
  await show(language);
};
