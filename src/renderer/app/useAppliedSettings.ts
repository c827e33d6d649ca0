import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from './client';
import { setLanguage } from './i18n';
import { setTheme } from './theme';

/** Theme and language follow the stored settings, from whichever window they were changed. */
export const useAppliedSettings = (): void => {
  const { data } = useQuery(useApi().settings.get.queryOptions());
  const theme = data?.theme;
  const language = data?.language;
  useEffect(() => {
    if (theme) setTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (language) void setLanguage(language);
  }, [language]);
};
