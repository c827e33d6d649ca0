import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from './toast';

/**
 * Copies a text to the clipboard and reports that in a message (none where `said` is null), or that the system refused; true on
 * success.
 */
export const useCopy = () => {
  const { t } = useTranslation();
  return useCallback(
    async (text: string, said: string | null = t('actions.copied')): Promise<boolean> => {
      try {
        await navigator.clipboard.writeText(text);
        if (said !== null) toast({ message: said });
        return true;
      } catch (error) {
        console.warn('The clipboard was refused.', error);
        toast({ message: t('actions.copyFailed'), tone: 'danger' });
        return false;
      }
    },
    [t],
  );
};
