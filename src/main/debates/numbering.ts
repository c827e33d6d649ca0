import type { ReadableDb } from '@main/store/database';
import { sourcesOfMessage } from '@main/store/turns';
import { debateTurns } from './debateState';
import type { RunningDebate } from './runningDebate';

/** Numbers passages over the whole debate, earlier runs included. */
export const createNumbering = (db: ReadableDb, debateId: string): RunningDebate['markerOf'] => {
  const key = (passage: { versionId: string; start: number; end: number }): string =>
    `${passage.versionId} ${passage.start} ${passage.end}`;
  const markers = new Map<string, number>();
  let highest = 0;
  for (const { message } of debateTurns(db, debateId))
    for (const source of sourcesOfMessage(db, message.id)?.sources ?? []) {
      markers.set(key(source), source.marker);
      highest = Math.max(highest, source.marker);
    }
  return (passage) => {
    const known = markers.get(key(passage));
    if (known !== undefined) return known;
    highest += 1;
    markers.set(key(passage), highest);
    return highest;
  };
};
