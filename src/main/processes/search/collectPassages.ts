import type { LibraryReader, LiveVersion } from '@main/store/libraryReader';
import type { Passage } from '@shared/model';
import { createMatcher } from './matches';
import type { RankedPassage } from './scoreCandidates';

export interface CollectOptions {
  ranked: readonly RankedPassage[];
  limit: number;
  library: LibraryReader;
  live: ReadonlyMap<string, LiveVersion>;
  words: readonly string[];
}

/** From this overlap on, as a share of the shorter one, two passages of a version count as the same. */
const sameFrom = 0.5;

/** Reads the texts of the best passages. No text comes twice: neither as overlapping passages nor as a copy. */
export const collectPassages = ({ ranked, limit, library, live, words }: CollectOptions): Passage[] => {
  const passages: Passage[] = [];
  const matchesIn = createMatcher(words);
  const texts = new Set<string>();
  for (const { id, language, score, parts } of ranked) {
    if (passages.length === limit) break;
    const document = live.get(id.owner);
    if (!document) continue;
    const passage = library.passage(id.owner, id.ordinal);
    if (!passage || texts.has(`${document.title}\n${passage.text}`)) continue;
    const { ordinal: _, ...rest } = passage;
    const repeated = passages.some((other) => {
      if (other.versionId !== id.owner) return false;
      const shared = Math.min(other.end, passage.end) - Math.max(other.start, passage.start);
      return shared > sameFrom * Math.min(other.end - other.start, passage.end - passage.start);
    });
    if (repeated) continue;
    texts.add(`${document.title}\n${passage.text}`);
    passages.push({
      ...rest,
      versionId: id.owner,
      documentId: document.documentId,
      title: document.title,
      format: document.format,
      score,
      scores: parts,
      matches: matchesIn(passage.text, language),
    });
  }
  return passages;
};
