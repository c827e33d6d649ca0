import { useFormat } from '@renderer/lib/useFormat';
import { toast } from '@renderer/ui/toast';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Says that a conversation is gone for good, and until when the backups keep it: null for none. */
export const useForgotten = (): ((backupsUntil: number | null) => void) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  return useCallback(
    (backupsUntil) =>
      toast({
        message: backupsUntil === null ? t('toast.forgotten') : t('toast.forgottenBackups', { date: format.date(backupsUntil) }),
      }),
    [t, format],
  );
};
