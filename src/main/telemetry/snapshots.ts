import type { ReadableDb } from '@main/store/database';
import { memoryCounts, vitalityCounts } from '@main/store/memoryFigures';
import { snapshots } from './definitions';

const headOf = (name: keyof typeof snapshots): string[] => [
  `# HELP ${name} ${snapshots[name].help}`,
  `# TYPE ${name} ${snapshots[name].type}`,
];

/** The metrics that are read from the database when they are asked for, as Prometheus text. */
export const snapshotText = (db: ReadableDb, now: number): string => {
  const { upTo, sum } = vitalityCounts(db, now);
  const all = upTo.at(-1);
  const lines = [
    ...headOf('memory_concepts'),
    ...Object.entries(memoryCounts(db)).map(([state, count]) => `memory_concepts{state="${state}"} ${count}`),
    ...headOf('memory_vitality'),
    ...snapshots.memory_vitality.buckets.map((bound, index) => `memory_vitality_bucket{le="${bound}"} ${upTo[index]}`),
    `memory_vitality_bucket{le="+Inf"} ${all}`,
    `memory_vitality_sum ${sum}`,
    `memory_vitality_count ${all}`,
  ];
  return `${lines.join('\n')}\n`;
};
