import { readFile } from 'node:fs/promises';
import { type Passage, pageParts } from '@renderer/viewer/passage';
import { findQuote, foldItems } from '@renderer/viewer/quoteMatch';
import { toBlocks, toCodeBlocks, toRuns } from '@renderer/viewer/textBlocks';
import { joinSpans, nextSlice, sliceLength, sliceStart } from '@renderer/viewer/textWindow';
import { formats } from '@shared/model';
import type { TestEngine } from './engine';

/** The document as the viewer shows it at a passage. */
export interface Opened {
  /** The words that are marked; empty where nothing is. */
  marked: string;
  /** The pages on which marks are drawn; empty for a text. */
  pages: number[];
}

const markPages = async (bytes: Uint8Array, passage: Passage, spans: Parameters<typeof pageParts>[1]): Promise<Opened> => {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: bytes, verbosity: 0 });
  const pdf = await task.promise;
  const opened: Opened = { marked: '', pages: [] };
  for (const part of pageParts(passage, spans)) {
    const page = await pdf.getPage(part.page);
    const items = (await page.getTextContent()).items.flatMap((item) => ('str' in item ? [item.str] : []));
    const range = findQuote(foldItems(items), part.text, part.near);
    if (!range) continue;
    const { startItem, startOffset, endItem, endOffset } = range;
    const shown = items.slice(startItem, endItem + 1);
    shown[shown.length - 1] = (shown.at(-1) ?? '').slice(0, endOffset + 1);
    shown[0] = (shown[0] ?? '').slice(startOffset);
    opened.marked += ` ${shown.join(' ')}`;
    opened.pages.push(part.page);
  }
  await task.destroy();
  return opened;
};

/** Opens a version at a passage by the calls and the functions of the viewer, without drawing. */
export const openAsViewer = async (engine: TestEngine, versionId: string, passage: Passage): Promise<Opened> => {
  const { library } = engine.client;
  const length = Math.max(1, Math.min(20_000, passage.end - passage.start));
  const { version, spans } = await library.text({ versionId, start: passage.start, length });
  const { view } = formats[version.format ?? 'text'];
  if (view === 'pages') {
    const { path } = await engine.files.originalFile({ kind: 'version', id: versionId });
    return markPages(new Uint8Array(await readFile(path)), passage, spans);
  }
  // More of the text is loaded where the passage nears the end of the first slice.
  const slices = [await library.text({ versionId, start: sliceStart(passage.start), length: sliceLength })];
  for (let next = nextSlice(slices[0]?.start ?? 0, version.characters ?? 0); next !== undefined && next < passage.end; ) {
    slices.push(await library.text({ versionId, start: next, length: sliceLength }));
    next = nextSlice(next, version.characters ?? 0);
  }
  const text = slices.map((slice) => slice.text).join('');
  const start = slices[0]?.start ?? 0;
  const markdown = view === 'markdown';
  const blocks =
    view === 'code' ? toCodeBlocks(text, start) : toBlocks(text, start, joinSpans(slices.map((slice) => slice.spans)), markdown);
  const runs = blocks.flatMap((block) => {
    const pieces = block.kind === 'table' ? block.rows.flat() : block.kind === 'rule' ? [] : [block];
    return pieces.flatMap((piece) => toRuns(text, start, piece, passage, markdown && block.kind !== 'code'));
  });
  const marked = runs.filter((run) => run.marked);
  // A run ends where the next begins only within a word whose letters are set differently.
  const pieces = marked.map(
    (run, index) => (marked[index - 1]?.end === run.start ? '' : ' ') + text.slice(run.start - start, run.end - start),
  );
  return { marked: pieces.join(''), pages: [] };
};
