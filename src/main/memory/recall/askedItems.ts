import type { ReadableDb } from '@main/store/database';
import { dueIntents } from '@main/store/memoryHints';
import { memoriesAbout } from '@main/store/memoryLearning';
import { type MemoryItem, selfSubject } from '@shared/model';
import type { InstantWindow } from '../time/zone';
import { askedAbout } from './askedAbout';

/** Items of one attribute that are looked at, the last mentioned first. */
const mostOfAttribute = 10;
const mostIntents = 5;
const yearMs = 366 * 86_400_000;
/** Attributes of what has to be done, for which no day may be known. */
const toDo = ['task', 'deadline', 'appointment'];

/** The time in which something asked for falls due: a month that has passed is meant as the coming one. */
const dueWindow = (period: InstantWindow | null, now: number): { from: number; to: number } => {
  if (!period) return { from: now - 7 * 86_400_000, to: now + yearMs };
  const isPassed = period.to !== null && period.to <= now && now - period.to < yearMs;
  const shift = isPassed ? yearMs - 86_400_000 : 0;
  return { from: (period.from ?? 0) + shift, to: (period.to ?? now + yearMs) + shift };
};

/**
 * The items for which a question asks by what they say of the person: "Where do I live?" gets those of the attribute `home`, those that
 * have ended too; "What must I finish in December?" the intents due then. Empty for any other question. No search is needed for them.
 */
export const askedItems = (
  db: ReadableDb,
  { text, period, now }: { text: string; period: InstantWindow | null; now: number },
): MemoryItem[] => {
  const asked = askedAbout(text);
  if (!asked) return [];
  const of = (attribute: string) => memoriesAbout(db, { subject: selfSubject, attribute }, { at: 0, limit: mostOfAttribute }, now);
  const due = asked.intents ? dueIntents(db, dueWindow(period, now), now, mostIntents) : [];
  const undated = asked.intents && !period ? toDo.flatMap(of).filter(({ dueAt, doneAt }) => dueAt === null && doneAt === null) : [];
  const all = [...asked.attributes.flatMap(of), ...due, ...undated.slice(0, mostIntents)];
  return [...new Map(all.map((item) => [item.id, item])).values()];
};
