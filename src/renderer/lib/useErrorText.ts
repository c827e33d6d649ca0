import type { ErrorRecord } from '@shared/model';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './useFormat';

/** The sentence for an error, in the person's language, with the provider's name and the time to wait where known. */
export const useErrorText = (): ((record: ErrorRecord) => string) => {
  const { t } = useTranslation('errors');
  const format = useFormat();
  return useCallback(
    (record: ErrorRecord) => {
      const { provider, retryAfterMs } = record.details;
      const sentence = t(`codes.${record.code}`, { provider: typeof provider === 'string' && provider ? provider : t('theProvider') });
      return typeof retryAfterMs === 'number' && retryAfterMs > 0
        ? `${sentence} ${t('wait', { time: format.duration(retryAfterMs) })}`
        : sentence;
    },
    [t, format],
  );
};
