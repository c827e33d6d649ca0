import { fold } from '@shared/text/fold';
import type { PDFDocumentProxy } from 'pdfjs-dist';

/** Entries of an outline that are followed, and how deep. */
const mostEntries = 2_000;
const mostLevels = 6;
/** Characters by which the heading on the page may be longer than its entry: its number. */
const mostLonger = 8;

const lettersOf = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/** Returns a function from a paragraph and the index of its page to its level in the document's outline, 0 for none. */
export const outlineOf = async (pdf: PDFDocumentProxy): Promise<(page: number, text: string) => number> => {
  type Entry = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];
  const entries = new Map<number, { letters: string; level: number }[]>();
  let left = mostEntries;
  const follow = async (items: readonly Entry[], level: number): Promise<void> => {
    for (const { title, dest, items: below } of items) {
      left -= 1;
      if (left < 0) return;
      const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
      const reference: unknown = target?.[0];
      const page = typeof reference === 'number' ? reference : reference ? await pdf.getPageIndex(reference as never) : -1;
      const letters = lettersOf(title);
      if (letters.length > 1) entries.set(page, [...(entries.get(page) ?? []), { letters, level }]);
      if (level < mostLevels) await follow(below, level + 1);
    }
  };
  try {
    await follow((await pdf.getOutline()) ?? [], 1);
  } catch {
    // A damaged outline is no reason to refuse the text.
  }
  return (page, text) => {
    const all = entries.get(page);
    if (!all || text.length > 300) return 0;
    const letters = lettersOf(text);
    return all.find((entry) => letters.endsWith(entry.letters) && letters.length <= entry.letters.length + mostLonger)?.level ?? 0;
  };
};
