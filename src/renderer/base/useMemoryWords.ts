import { useAgents } from '@renderer/base/useAgents';
import { useFormat } from '@renderer/lib/useFormat';
import { type MemoryItem, selfSubject } from '@shared/model';
import { attributeWords } from '@shared/text/attributeWords';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

type Statement = Pick<MemoryItem, 'subject' | 'attribute' | 'value' | 'validFrom' | 'validTo'>;

/** True for a moment at which a month begins in local time: the bounds of "since last month" are stored so. */
const beginsMonth = (at: number): boolean => {
  const date = new Date(at);
  return date.getDate() === 1 && date.getHours() === 0 && date.getMinutes() === 0;
};

/** The language of the words of the program: those that it has. */
export const useLanguage = (): 'en' | 'fr' => (useTranslation().i18n.resolvedLanguage === 'fr' ? 'fr' : 'en');

/** The words of the window for a memory. */
export const useMemoryWords = () => {
  const { t } = useTranslation('memory');
  const language = useLanguage();
  const format = useFormat();
  const { speakerOf } = useAgents();
  return useMemo(() => {
    const from = (at: number): string => (beginsMonth(at) ? format.month(at) : format.date(at));
    /** An end at the beginning of a month is the end of the month before. */
    const to = (at: number): string => (beginsMonth(at) ? format.month(at - 1) : format.date(at));
    /** The time in which it is true; null where none is known. */
    const validity = ({ validFrom, validTo }: Pick<MemoryItem, 'validFrom' | 'validTo'>): string | null => {
      if (validFrom !== null && validTo !== null) return t('valid.between', { from: from(validFrom), to: to(validTo) });
      // French says "depuis le 2 mars", but "depuis mars".
      if (validFrom !== null) return t(beginsMonth(validFrom) ? 'valid.sinceMonth' : 'valid.since', { from: from(validFrom) });
      return validTo === null ? null : t(beginsMonth(validTo) ? 'valid.untilMonth' : 'valid.until', { to: to(validTo) });
    };
    /** The value with its attribute, and the subject where it is not the person: "lives in: Lyon"; empty where it has none. */
    const statement = ({ subject, attribute, value }: Pick<MemoryItem, 'subject' | 'attribute' | 'value'>): string => {
      if (attribute === '' || value === '') return '';
      const words = { attribute: attributeWords(attribute, language), value };
      return subject === '' || subject === selfSubject ? t('statement.own', words) : t('statement.of', { subject, ...words });
    };
    /** The day by which it is due; null where none is known. */
    const due = ({ dueAt }: Pick<MemoryItem, 'dueAt'>): string | null => (dueAt === null ? null : t('dueOn', { date: format.date(dueAt) }));
    return {
      validity,
      due,
      statement,
      /** The statement with the time in which it is true or due; empty where nothing of it is known. */
      dated: ({ dueAt = null, ...item }: Statement & Partial<Pick<MemoryItem, 'dueAt'>>): string =>
        [statement(item), validity(item), due({ dueAt })].filter(Boolean).join(', '),
      origin: ({ origin, model }: Pick<MemoryItem, 'origin' | 'model'>): string =>
        origin === 'model' && model ? t('origin.byModel', { model }) : t(`origin.${origin}`),
      agent: (id: string): string => speakerOf(id).name,
    };
  }, [t, language, format, speakerOf]);
};
