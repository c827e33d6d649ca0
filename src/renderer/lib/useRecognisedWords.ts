import { useTranslation } from 'react-i18next';
import { useFormat } from './useFormat';

/** Says of a text that it was recognised in a picture, and how sure that is (0..100); null for a text that was written. */
export const useRecognisedWords = (): ((confidence: number | undefined) => string | null) => {
  const { t } = useTranslation();
  const format = useFormat();
  return (confidence) =>
    confidence === undefined ? null : t('citation.recognised', { confidence: format.percent(Math.floor(confidence) / 100) });
};
