import { type CitationMark, findCitationMarks } from '@shared/markdown/citationMarks';
import { definitionOf } from '@shared/markdown/definitions';
import { proseOf } from '@shared/markdown/prose';
import type { MathRegion } from '@shared/markdown/regions';
import { Fragment, memo, type ReactNode, useDeferredValue, useMemo, useRef } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { remarkShown, type Shown } from './asShown';
import { remarkAsWritten } from './asWritten';
import { CodeBlock } from './CodeBlock';
import { CitationContext, components, NoteContext, OpenContext, TableFrame, tableHead, tableRows, withinParagraph } from './elements';
import { fencedCode } from './fencedCode';
import { longParagraphParts } from './longParagraph';
import { longTable } from './longTable';
import styles from './Markdown.module.css';
import { placeOfNote, remarkNoted, type TextNote } from './noted';
import { toPieces } from './splitBlocks';
import { useWrap } from './useWrap';

export interface MarkdownProps {
  text: string;
  /** True while the end is being written: code there is coloured when it is complete. */
  streaming?: boolean;
  /** Numbers of sources: a citation of one becomes a chip. Keep it the same set between renders. */
  markers?: ReadonlySet<number>;
  /** The places that cite, where they are known, as offsets in the message; the text is its part from `offset` on. */
  places?: readonly CitationMark[] | null;
  offset?: number;
  /** True when words with a number in brackets occur so in a source. Keep it the same function between renders. */
  isQuoted?: ((words: string) => boolean) | undefined;
  /** Renders the chip for a number at a place in the message. Keep it the same function between renders. */
  renderCitation?: (marker: number, at: number) => ReactNode;
  /** The notes on the text, by their ranges in the message. Keep it the same list between renders. */
  notes?: readonly TextNote[];
  /** Renders the note that begins at a place in the message. Keep it the same function between renders. */
  renderNote?: (place: number, words: ReactNode) => ReactNode;
}

const none: ReadonlySet<number> = new Set();
const noNotes: readonly TextNote[] = [];

/** Markdown as people and models write it. No raw HTML but four tags, nothing loaded from elsewhere; external links ask first. */
export const Markdown = memo(
  ({
    text,
    streaming = false,
    markers = none,
    places = null,
    offset = 0,
    isQuoted,
    renderCitation,
    notes = noNotes,
    renderNote,
  }: MarkdownProps) => {
    const box = useRef<HTMLDivElement>(null);
    const present = useMemo(
      () => ({ streaming, markers, places, isQuoted, renderCitation, notes, renderNote }),
      [streaming, markers, places, isQuoted, renderCitation, notes, renderNote],
    );
    // At its end all blocks of an answer are rendered again, which takes longer than a frame.
    const shown = useDeferredValue(present);
    useWrap(box, shown.streaming);
    // At its end an answer is rendered several times with the same text.
    const { pieces, names, footnotes } = useMemo(() => toPieces(text), [text]);
    return (
      <CitationContext value={shown.renderCitation}>
        <NoteContext value={shown.renderNote}>
          <div ref={box} className={styles.prose}>
            {pieces.map((piece, index) => {
              const open = shown.streaming && index === pieces.length - 1;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end, so a block keeps its place
                <OpenContext key={index} value={open}>
                  <Block
                    text={piece.text}
                    start={piece.start + offset}
                    listStart={piece.listStart}
                    notes={piece.notes}
                    names={names}
                    footnotes={footnotes}
                    markers={shown.markers}
                    places={shown.places}
                    isQuoted={shown.isQuoted}
                    checked={shown.notes}
                    open={open}
                  />
                </OpenContext>
              );
            })}
          </div>
        </NoteContext>
      </CitationContext>
    );
  },
);

interface BlockProps {
  text: string;
  start: number;
  listStart: number | null;
  notes: string;
  names: string;
  footnotes: string;
  markers: ReadonlySet<number>;
  places: readonly CitationMark[] | null;
  isQuoted: MarkdownProps['isQuoted'];
  /** The notes of the program on the message. */
  checked: readonly TextNote[];
  open: boolean;
}

/** A mark, moved by an offset. */
const moved = (mark: CitationMark, by: number): CitationMark => ({ ...mark, start: mark.start + by, end: mark.end + by });

const Block = memo(({ text, start, listStart, notes, names, footnotes, markers, places, isQuoted, checked, open }: BlockProps) => {
  const defined = useMemo(() => new Set(names === '' ? [] : names.split('\n')), [names]);
  const prose = useMemo(() => proseOf(text, defined, open), [text, defined, open]);
  const marks = useMemo(
    () =>
      places
        ? places.filter((place) => place.start >= start && place.end <= start + text.length).map((place) => moved(place, -start))
        : findCitationMarks(text, { known: markers, isQuoted, open }, prose),
    [text, start, places, markers, isQuoted, open, prose],
  );
  const numbers = useMemo(
    () => new Map(footnotes.split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))])),
    [footnotes],
  );
  const formulas = useMemo(() => prose.regions.filter((region): region is MathRegion => region.kind === 'math'), [prose]);
  const remarks = useMemo(
    () =>
      checked
        .filter((note) => placeOfNote(note) >= start && placeOfNote(note) < start + text.length)
        .map((note) => ({ start: note.start - start, end: note.end - start, place: note.start })),
    [checked, start, text],
  );
  const shared = { listStart, notes, defined, numbers, start };
  const code = notes === '' && listStart === null ? fencedCode(text) : null;
  if (code) return <CodeBlock language={code.language} code={code.code} open={open} />;
  const table = longTable(text);
  /** The marks and formulas for which `within` is true, moved by an offset. */
  const partOf = (within: (one: { start: number }) => boolean, by: number) => ({
    marks: marks.filter(within).map((mark) => moved(mark, by)),
    formulas: formulas
      .filter(within)
      .map((one) => ({ ...one, start: one.start + by, end: one.end + by, from: one.from + by, to: one.to + by })),
    remarks: remarks
      .filter((note) => within({ start: placeOfNote(note) }))
      .map((note) => ({ ...note, start: note.start + by, end: note.end + by })),
  });
  if (table) {
    const { head, bodies } = table;
    return (
      <TableFrame>
        <Piece {...shared} {...partOf(({ start: at }) => at < head.length, 0)} text={head} start={start} components={tableHead} />
        {bodies.map((parts, body) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows only come at the end, so a body keeps its place
          <tbody key={body}>
            {parts.map((part, index) => {
              const by = head.length - part.from;
              return (
                <Piece
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows only come at the end, so a part keeps its place
                  key={index}
                  {...shared}
                  {...partOf(({ start: at }) => at >= part.from && at + by < part.text.length, by)}
                  text={part.text}
                  start={start - by}
                  components={tableRows}
                />
              );
            })}
          </tbody>
        ))}
      </TableFrame>
    );
  }
  const sentences = longParagraphParts(text, [...prose.regions, ...marks]);
  if (!sentences) return <Piece {...shared} text={text} marks={marks} formulas={formulas} remarks={remarks} components={components} />;
  return (
    <p dir="auto">
      {sentences.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words only come at the end, so a part keeps its place
        <Fragment key={index}>
          {index > 0 && ' '}
          <Piece
            {...shared}
            {...partOf(({ start: at }) => at >= part.from && at < part.from + part.text.length, -part.from)}
            text={part.text}
            start={start + part.from}
            components={withinParagraph}
          />
        </Fragment>
      ))}
    </p>
  );
});

interface PieceProps {
  text: string;
  start: number;
  listStart: number | null;
  notes: string;
  defined: ReadonlySet<string>;
  numbers: ReadonlyMap<string, number>;
  marks: readonly CitationMark[];
  formulas: readonly MathRegion[];
  remarks: readonly (TextNote & { place: number })[];
  components: Components;
}

const Piece = ({ text, start, listStart, notes, defined, numbers, marks, formulas, remarks, components: own }: PieceProps) => {
  // Parts of a long table get new lists of marks at each render, so their content is compared.
  const key = `${marks.map((mark) => `${mark.start}:${mark.end}:${mark.numbers}`)}|${formulas.map((one) => `${one.start}:${one.end}`)}|${remarks.map((one) => `${one.start}:${one.end}`)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` replaces marks, formulas and remarks
  return useMemo(() => {
    const isDefinition = (place: number): boolean => {
      if (place >= text.length) return true;
      const noted = definitionOf(text.slice(text.lastIndexOf('\n', place - 1) + 1, (text.indexOf('\n', place) + 1 || text.length + 1) - 1));
      return noted !== null && defined.has(noted.name);
    };
    const shown: Shown = {
      text,
      marks,
      formulas,
      placeOf: (place) => place + start,
      length: text.length,
      listStart,
      notes: numbers,
    };
    return (
      <ReactMarkdown
        remarkPlugins={[
          [remarkGfm, { singleTilde: false }],
          [remarkAsWritten, { marks, formulas, isDefinition }],
          remarkNoted(remarks),
          remarkShown(shown),
        ]}
        rehypePlugins={[rehypeDirection]}
        components={own}
      >
        {text + notes}
      </ReactMarkdown>
    );
  }, [text, start, listStart, notes, defined, numbers, key, own]);
};

const directed = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'td', 'th', 'blockquote']);
interface HastNode {
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: HastNode[];
}

/** Sets the direction of each part of a text by its own words. */
const rehypeDirection = () => (tree: HastNode) => {
  const visit = (node: HastNode): void => {
    if (node.tagName && directed.has(node.tagName)) node.properties = { ...node.properties, dir: 'auto' };
    node.children?.forEach(visit);
  };
  visit(tree);
};
