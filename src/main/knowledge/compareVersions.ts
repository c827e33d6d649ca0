import { setImmediate as nextTick } from 'node:timers/promises';
import type { ReadableDb } from '@main/store/database';
import { versionById } from '@main/store/documentVersions';
import { versionText } from '@main/store/parsedVersions';
import { type ComparedPart, type ComparedRow, type Comparison, EmergenceError } from '@shared/model';
import { diffArrays, diffWordsWithSpace } from 'diff';
import { need } from './libraryContext';

/** Of longer texts the beginning is compared. */
const mostCharacters = 2_000_000;
/**
 * The differences after which a comparison ends (D in E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986): its work
 * grows with their square, so each step on the main thread stays at some 10 ms.
 */
const mostLineEdits = 1_000;
const mostWordEdits = 500;
/** A longer run of changed lines is shown as replaced. */
const longestByWords = 20_000;
/** The rows that are shown at most, and the unchanged lines around each change. */
const mostRows = 400;
const linesAround = 2;

const whole = (text: string, changed: boolean): ComparedPart[] => (text === '' ? [] : [{ text, changed }]);

/** Compares two texts: lines first, then words within the lines that changed. Pauses between two changes. */
export const compareTexts = async (before: string, after: string): Promise<Pick<Comparison, 'rows' | 'changes' | 'more' | 'byWords'>> => {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const lines = diffArrays(old, young, { maxEditLength: mostLineEdits });
  await nextTick();
  const runs = lines ?? [
    { value: old, removed: true, added: false },
    { value: young, removed: false, added: true },
  ];
  const rows: ComparedRow[] = [];
  let [changes, more, byWords] = [0, 0, lines !== undefined];
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (!run) continue;
    if (!run.removed && !run.added) {
      rows.push(...around(run.value, index > 0, index < runs.length - 1));
      continue;
    }
    const next = runs[index + 1];
    const isPair = run.removed && next?.added === true;
    if (isPair) index += 1;
    changes += 1;
    if (rows.length >= mostRows) {
      more += 1;
      continue;
    }
    const removed = run.removed ? run.value.join('\n') : '';
    const added = isPair ? next.value.join('\n') : run.added ? run.value.join('\n') : '';
    const words = isPair && lines && removed.length + added.length <= longestByWords ? byWord(removed, added) : null;
    if (isPair && !words) byWords = false;
    rows.push({ kind: 'change', skipped: 0, ...(words ?? { before: whole(removed, true), after: whole(added, true) }) });
    await nextTick();
  }
  return { rows, changes, more, byWords };
};

/** The unchanged lines next to a change; the others are counted. */
const around = (lines: readonly string[], afterOne: boolean, beforeOne: boolean): ComparedRow[] => {
  const head = afterOne ? linesAround : 0;
  const tail = beforeOne ? linesAround : 0;
  const row = (some: readonly string[]): ComparedRow[] => {
    const text = some.join('\n');
    return text.trim() === '' ? [] : [{ kind: 'same', skipped: 0, before: whole(text, false), after: whole(text, false) }];
  };
  const skipped = lines.length - head - tail;
  if (skipped <= 0) return row(lines);
  const gap: ComparedRow = { kind: 'gap', skipped, before: [], after: [] };
  return [...row(lines.slice(0, head)), gap, ...(tail > 0 ? row(lines.slice(-tail)) : [])];
};

/** Null where the two have too little in common. */
const byWord = (removed: string, added: string): Pick<ComparedRow, 'before' | 'after'> | null => {
  const parts = diffWordsWithSpace(removed, added, { maxEditLength: mostWordEdits });
  if (!parts) return null;
  /** Neighbours of one kind become one part, and so does the blank between two changed words. */
  const side = (other: 'added' | 'removed'): ComparedPart[] => {
    const own = parts
      .filter((part) => !part[other])
      .map(({ value, added: isAdded, removed: isRemoved }) => ({ text: value, changed: isAdded || isRemoved }));
    const merged: ComparedPart[] = [];
    for (const [index, { text, changed }] of own.entries()) {
      const last = merged.at(-1);
      const isBetween = !changed && text.trim() === '' && last?.changed === true && own[index + 1]?.changed === true;
      if (last && last.changed === (changed || isBetween)) last.text += text;
      else merged.push({ text, changed });
    }
    return merged;
  };
  return { before: side('added'), after: side('removed') };
};

/** Compares two versions of one document by the words of their texts. Throws `not_found` where one is not read, `conflict` where they are of two documents. */
export const createCompareVersions =
  (db: ReadableDb) =>
  async (fromId: string, toId: string): Promise<Comparison> => {
    const [from, to] = [fromId, toId].map((id) => need(versionById(db, id), { versionId: id }));
    if (!from || !to || from.documentId !== to.documentId) throw new EmergenceError('conflict', { reason: 'several_documents' });
    const lengths = [from, to].map(({ id, characters }) => need(characters, { versionId: id }));
    const texts = [from.id, to.id].map((id) => versionText(db, id, 0, mostCharacters));
    const compared = await compareTexts(texts[0] ?? '', texts[1] ?? '');
    return { from, to, cut: lengths.some((length) => length > mostCharacters), ...compared };
  };
