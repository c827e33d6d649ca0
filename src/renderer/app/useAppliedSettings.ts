import { useSettings } from '@renderer/base/useSettings';
import { useEffect } from 'react';
import { setLanguage } from './i18n';
import { setTheme } from './theme';

/** Applies the stored theme and language, whichever window changed them. */
export const useAppliedSettings = (): void => {
  const { settings } = useSettings();
  const theme = settings?.appearance.theme;
  const language = settings?.appearance.language;
  useEffect(() => {
    if (theme) setTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (language) void setLanguage(language);
  }, [language]);
};
