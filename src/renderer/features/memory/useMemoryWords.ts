import { useAgents } from '@renderer/base/useAgents';
import { useFormat } from '@renderer/lib/useFormat';
import { type MemoryItem, selfSubject } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { attributeWords } from './memoryView';

/** The words of the window for a memory. */
export const useMemoryWords = () => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const { speakerOf } = useAgents();
  return useMemo(
    () => ({
      /** The time in which it is true; null where none is known. */
      validity: ({ validFrom, validTo }: Pick<MemoryItem, 'validFrom' | 'validTo'>): string | null => {
        if (validFrom !== null && validTo !== null) return t('valid.between', { from: format.date(validFrom), to: format.date(validTo) });
        if (validFrom !== null) return t('valid.since', { from: format.date(validFrom) });
        return validTo === null ? null : t('valid.until', { to: format.date(validTo) });
      },
      origin: ({ origin, model }: Pick<MemoryItem, 'origin' | 'model'>): string =>
        origin === 'model' && model ? t('origin.byModel', { model }) : t(`origin.${origin}`),
      /** Subject · attribute · value, as far as they are known. */
      statement: ({ subject, attribute, value }: Pick<MemoryItem, 'subject' | 'attribute' | 'value'>): string =>
        [subject === selfSubject ? t('you') : subject, attributeWords(attribute, t('attributes', { returnObjects: true })), value]
          .filter(Boolean)
          .join(' · '),
      agent: (id: string): string => speakerOf(id).name,
    }),
    [t, format, speakerOf],
  );
};
