import type { LibraryDocument } from '@shared/model';
import type { TFunction } from 'i18next';

/** The question that asks for the summary of all of a document. */
export const summaryOf = ({ id, title }: Pick<LibraryDocument, 'id' | 'title'>, t: TFunction<'library'>) => ({
  text: t('summarise.question', { title }),
  about: { documentId: id, whole: true },
});
