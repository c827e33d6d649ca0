import { useEffect } from 'react';
import { setLanguage } from './i18n';
import { setTheme } from './theme';
import { useSettings } from './useSettings';

/** Theme and language follow the stored settings, from whichever window they were changed. */
export const useAppliedSettings = (): void => {
  const { settings } = useSettings();
  const theme = settings?.theme;
  const language = settings?.language;
  useEffect(() => {
    if (theme) setTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (language) void setLanguage(language);
  }, [language]);
};
