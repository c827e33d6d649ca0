import { createHash } from 'node:crypto';
import type { ChunkPlace, VersionSource } from './libraryReader';
import { ranking } from './weights';

/**
 * The text that a passage is found by: the document's title and the headings above it, where it does not repeat them
 * itself, then its own words. A passage that says "it rose by 4 %" is found by the name of what it is about.
 */
export const passageText = (title: string, place: ChunkPlace, text: string): string => {
  const own = text.slice(place.start, place.end);
  const above = [title, ...place.headingPath].filter((part, index, all) => part && all.indexOf(part) === index && !own.includes(part));
  return above.length ? `${above.join('\n')}\n${own}` : own;
};

/** Keys the vector of a text, and knows a title again: 128 bits of SHA-256. */
export const textHash = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);

/** What stands for a whole document of several passages: title and beginning. */
export const headText = (source: VersionSource): string | null =>
  source.chunks.length > 1 ? `${source.title}\n${source.text.slice(0, ranking.headCharacters)}` : null;
