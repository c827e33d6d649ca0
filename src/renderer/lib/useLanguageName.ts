import { useTranslation } from 'react-i18next';

/** Returns the name of a language by its code, in the language of the window: `fr` is French. An unknown code stays as it is. */
export const useLanguageName = (): ((code: string) => string) => {
  const { i18n } = useTranslation();
  return (code) => {
    try {
      const name = new Intl.DisplayNames([i18n.resolvedLanguage ?? 'en'], { type: 'language' }).of(code) ?? code;
      return name.charAt(0).toLocaleUpperCase(i18n.resolvedLanguage) + name.slice(1);
    } catch {
      return code;
    }
  };
};
