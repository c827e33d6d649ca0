import { outlineOf } from '@main/knowledge/outline';
import { readPassages } from '@main/knowledge/wholeDocument/readPassages';
import { tellingSentences } from '@main/knowledge/wholeDocument/tellingSentences';
import { shownExcerpt } from '@main/providers/passages';
import { escaped } from '@main/providers/quotedBlocks';
import { versionById } from '@main/store/documentVersions';
import { versionSpans, versionText } from '@main/store/parsedVersions';
import type { ReadVersion } from '@main/store/versionPassages';
import { placeWords, type Source } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from '../chatTurn';
import { wholeWords } from './wholeWords';

/** Headings that are shown, and their depth: an outline that is longer is no overview. */
const mostHeadings = 40;
const deepest = 3;
/** Sentences that are quoted. */
const mostSentences = 8;

/** Without a model: says what is missing, and gives the outline of a document and its most telling sentences, quoted. */
export const outlineAnswer = async (
  deps: Pick<ChatTurnDeps, 'db'>,
  { language }: Pick<ChatTurn, 'language'>,
  version: ReadVersion,
  signal: AbortSignal,
): Promise<{ text: string; sources: Source[] }> => {
  const { db } = deps;
  const { versionId } = version;
  const say = wholeWords[language];
  const characters = versionById(db, versionId)?.characters ?? 0;
  const all = await outlineOf(versionSpans(db, versionId, 0, characters), (start, end) => versionText(db, versionId, start, end));
  const headings = all.filter(({ kind, level }) => kind === 'heading' && level <= deepest);
  const top = headings.reduce((least, { level }) => Math.min(least, level), deepest);
  const shown = headings.slice(0, mostHeadings);
  const outline = shown.map(({ label, level, at }) => {
    const where = at.place && at.place.kind !== 'lines' ? ` — ${placeWords(at.place, language)}` : '';
    return `${'  '.repeat(level - top)}- ${escaped(label)}${where}`;
  });
  const more = headings.length > shown.length ? [say.cut(headings.length - shown.length)] : [];
  const passages = await readPassages(db, version, signal);
  const sources = await tellingSentences(
    passages.map(({ source }) => source),
    mostSentences,
    signal,
  );
  const quoted = sources.length > 0 ? sources.map((source) => shownExcerpt(source, language)) : [say.noSentences];
  const parts = outline.length > 0 ? [`**${say.outline}**`, outline.join('\n'), ...more] : [];
  return { text: [say.noModel(escaped(version.title)), ...parts, `**${say.sentences}**`, ...quoted].join('\n\n'), sources };
};
