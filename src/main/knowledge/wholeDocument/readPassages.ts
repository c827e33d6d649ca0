import { createPace } from '@main/providers/pace';
import { estimateTokens } from '@main/providers/tokens';
import type { ReadableDb } from '@main/store/database';
import { passagesAfter, type ReadVersion } from '@main/store/versionPassages';
import { withUnits } from '../passageUnits';
import type { SizedPassage } from './documentParts';

/** Passages read at once. */
const atOnce = 100;
/** Tokens of the frame around a passage in a prompt, without its title. */
const frameTokens = 30;

/** All passages of a version in the order of its text, numbered from 1 on. Other work goes on meanwhile. Throws the signal's reason. */
export const readPassages = async (db: ReadableDb, version: ReadVersion, signal: AbortSignal): Promise<SizedPassage[]> => {
  const breathe = createPace();
  const frame = frameTokens + estimateTokens(version.title);
  const all: SizedPassage[] = [];
  for (let after = -1; ; ) {
    const read = passagesAfter(db, version, after, atOnce);
    if (!read) return all;
    for (const { matches: _, ...passage } of withUnits(db, read.passages))
      all.push({ source: { ...passage, marker: all.length + 1 }, tokens: estimateTokens(passage.text) + frame });
    after = read.last;
    await breathe();
    signal.throwIfAborted();
  }
};
