import type { ReadableDb } from '@main/store/database';
import { confidenceOfPages } from '@main/store/recognisedPages';
import type { Passage, Source } from '@shared/model';

/** The passages, those of pages whose text was recognised with how sure that is. */
export const withConfidence = (db: ReadableDb, passages: readonly Passage[]): Passage[] =>
  passages.map((passage) => {
    const { versionId, place } = passage;
    const recognised = place.kind === 'page' ? confidenceOfPages(db, versionId, place.from, place.to) : null;
    return recognised === null ? passage : { ...passage, recognised };
  });

/** How sure the text of two neighbouring passages is: as the one that is less sure. */
export const joinConfidence = (a: Pick<Source, 'recognised'>, b: Pick<Source, 'recognised'>): Pick<Source, 'recognised'> => {
  const known = [a.recognised, b.recognised].filter((confidence) => confidence !== undefined);
  return known.length === 0 ? {} : { recognised: Math.min(...known) };
};
