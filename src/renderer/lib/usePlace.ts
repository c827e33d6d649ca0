import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

interface Place {
  page: number | null;
  lineStart: number | null;
  lineEnd: number | null;
  headingPath: readonly string[];
}

/** A place in a document, in words: the page, or the lines where there are no pages, then the last headings. */
export const usePlace = (short = false): ((place: Place) => string) => {
  const { t } = useTranslation();
  return useCallback(
    ({ page, lineStart, lineEnd, headingPath }: Place) => {
      const spot =
        page !== null
          ? t(short ? 'citation.pageShort' : 'citation.page', { page })
          : lineStart === null
            ? null
            : lineEnd === null || lineEnd === lineStart
              ? t('citation.line', { from: lineStart })
              : t('citation.lines', { from: lineStart, to: lineEnd });
      const path = headingPath.slice(short ? -1 : -3).join(' / ');
      return [spot, path].filter(Boolean).join(', ');
    },
    [t, short],
  );
};
