import { type Place, type PlaceForm, placeAmong, placeWords } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Places in a document in the words of the window's language. */
export const usePlaceWords = () => {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage === 'fr' ? 'fr' : 'en';
  return useMemo(
    () => ({
      words: (place: Place, form?: PlaceForm): string => placeWords(place, language, form),
      /** "page 3 of 12" */
      among: (place: Place, all: number): string => placeAmong(place, all, language),
    }),
    [language],
  );
};
