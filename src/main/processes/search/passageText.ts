import { createHash } from 'node:crypto';
import type { StoredChunk, VersionSource } from '@main/store/libraryReader';
import { type Format, formats } from '@shared/model';
import { identifierParts } from './identifierParts';
import { ranking } from './weights';

/**
 * The text under which a passage is indexed: the document's title, the name of its sheet, slide or chapter and the headings above
 * the passage, unless it repeats them itself, then its own words. So a passage that says "it rose by 4 %" is found by the name of its subject.
 * The names in code follow in their other spellings.
 */
export const passageText = (
  { title, format, text }: Pick<VersionSource, 'title' | 'format' | 'text'>,
  { start, end, place }: StoredChunk,
): string => {
  const written = text.slice(start, end);
  const { hasNames = false }: Format = formats[format ?? 'text'];
  const names = hasNames ? identifierParts([...place.headings, written].join('\n')) : '';
  const own = names === '' ? written : `${written}\n${names}`;
  const above = [title, place.kind === 'page' ? '' : place.label, ...place.headings].filter(
    (part, index, all) => part && all.indexOf(part) === index && !own.includes(part),
  );
  return above.length ? `${above.join('\n')}\n${own}` : own;
};

/** Identifies a text by 128 bits of SHA-256: the key of its vector, and of a title. */
export const textHash = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);

/** The text that represents a whole document of several passages: its title and beginning; null for a document of one passage. */
export const headText = (source: VersionSource): string | null =>
  source.chunks.length > 1 ? `${source.title}\n${source.text.slice(0, ranking.headCharacters)}` : null;
