import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import type { DocumentView, Span } from '@shared/model';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Block, blockAt, type Piece, type Run, toBlocks, toCodeBlocks, toRuns } from './textBlocks';
import styles from './viewer.module.css';

export interface TextViewProps {
  /** Names the document: without a passage it opens where it was left under this name. */
  place: string;
  /** The loaded stretch of the text and its offset. */
  text: string;
  start: number;
  spans: readonly Span[];
  view: DocumentView;
  passage: Piece | null;
  hasBefore: boolean;
  hasAfter: boolean;
  onBefore: () => void;
  onAfter: () => void;
}

/** How near the end of the loaded text, in pixels, more is requested. */
const nearEnd = 1600;

/** A text set for reading, with the passage marked. Shows a window of a long text and requests more at its ends. */
export const TextView = ({ place, text, start, spans, view, passage, hasBefore, hasAfter, onBefore, onAfter }: TextViewProps) => {
  const { t } = useTranslation('evidence');
  const scroller = useRef<HTMLElement>(null);
  const markdown = view === 'markdown';
  const blocks = useMemo(
    () => (view === 'code' ? toCodeBlocks(text, start) : toBlocks(text, start, spans, markdown)),
    [text, start, spans, view, markdown],
  );

  useKeptScroll(scroller, passage === null && blocks.length > 0 ? place : null);
  // Scrolls once to each passage, when its text is loaded.
  const shown = useRef('');
  const name = passage ? `${passage.start}:${passage.end}` : 'start';
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || shown.current === name || blocks.length === 0) return;
    if (!passage) {
      shown.current = name;
      return;
    }
    if (passage.start < start || passage.start > start + text.length) return;
    const mark =
      element.querySelector<HTMLElement>('[data-mark]') ??
      element.querySelector<HTMLElement>(`[data-block="${blocks[blockAt(blocks, passage.start)]?.start}"]`);
    if (!mark) return;
    shown.current = name;
    const to = (): void => {
      element.scrollTop += mark.getBoundingClientRect().top - element.getBoundingClientRect().top - element.clientHeight * 0.22;
    };
    to();
    // The reading font may load after the text and move it: scroll once more then.
    let gone = false;
    const scrolled = element.scrollTop;
    void document.fonts.ready.then(() => {
      if (!gone && element.scrollTop === scrolled) to();
    });
    return () => {
      gone = true;
    };
  }, [name, passage, blocks, start, text.length]);

  // Text added or removed above must not move the text being read: the beginning of the first visible block keeps its place. A long
  // paragraph is cut into other blocks then, and its character is looked for.
  const anchor = useRef<{ block: number; top: number } | null>(null);
  const remember = (): void => {
    const element = scroller.current;
    if (!element) return;
    const top = element.getBoundingClientRect().top;
    for (const child of element.querySelectorAll<HTMLElement>('[data-block]')) {
      const box = child.getBoundingClientRect();
      if (box.bottom > top) {
        anchor.current = { block: Number(child.dataset.block), top: characterTop(child, 0) };
        return;
      }
    }
  };
  const lastStart = useRef(start);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && lastStart.current !== start && anchor.current && shown.current === name) {
      const { block, top } = anchor.current;
      const holder = blocks[blockAt(blocks, block)]?.start ?? block;
      const child = element.querySelector<HTMLElement>(`[data-block="${holder}"]`);
      if (child) element.scrollTop += characterTop(child, block - holder) - top;
    }
    lastStart.current = start;
  }, [start, name, blocks]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (!element) return;
    remember();
    if (hasBefore && element.scrollTop < nearEnd) onBefore();
    if (hasAfter && element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd) onAfter();
  };
  // A short window may not scroll at all: request without waiting for a scroll.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again whenever the loaded stretch changed
  useEffect(onScroll, [text, start, hasBefore, hasAfter]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={styles.pages} data-text onScroll={onScroll} tabIndex={0} aria-label={t('text')}>
      <article className={styles.sheet} data-code={view === 'code' || undefined}>
        {blocks.map((block) => (
          <BlockView
            key={block.start}
            block={block}
            text={text}
            offset={start}
            passage={touches(block, passage) ? passage : null}
            markdown={markdown}
          />
        ))}
      </article>
    </section>
  );
};

/** The top of a character of a block, in the window; that of the block where it has no such character. */
const characterTop = (block: HTMLElement, index: number): number => {
  const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = Math.max(0, index);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const { length } = node.nodeValue ?? '';
    if (left < length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left + 1);
      const [box] = range.getClientRects();
      return (box ?? block.getBoundingClientRect()).top;
    }
    left -= length;
  }
  return block.getBoundingClientRect().top;
};

const touches = (block: Piece, passage: Piece | null): boolean =>
  passage !== null && passage.start < block.end && passage.end > block.start;

const headingTags = ['h2', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

interface BlockProps {
  block: Block;
  text: string;
  offset: number;
  passage: Piece | null;
  markdown: boolean;
}

const sameBlock = (one: BlockProps, other: BlockProps): boolean =>
  one.block.start === other.block.start &&
  one.block.end === other.block.end &&
  one.block.kind === other.block.kind &&
  one.passage?.start === other.passage?.start &&
  one.passage?.end === other.passage?.end;

const BlockView = memo(({ block, text, offset, passage, markdown }: BlockProps) => {
  const content = (piece: Piece) => <Runs text={text} offset={offset} runs={toRuns(text, offset, piece, passage, markdown)} />;
  const data = { 'data-block': block.start };
  switch (block.kind) {
    case 'heading': {
      const Tag = headingTags[block.level - 1] ?? 'h6';
      return (
        <Tag {...data} className={styles.heading} data-level={Math.min(block.level, 4)}>
          {content(block)}
        </Tag>
      );
    }
    case 'paragraph':
      return (
        <p {...data} className={styles.paragraph} data-breaks={!markdown || undefined}>
          {content(block)}
        </p>
      );
    case 'quote':
      return (
        <blockquote {...data} className={styles.quote}>
          {content(block)}
        </blockquote>
      );
    case 'item':
      return (
        <div {...data} className={styles.item} style={{ paddingLeft: `${1.6 * (block.depth + 1)}em` }}>
          <span className={styles.marker} aria-hidden="true">
            {/\d/.test(block.marker) ? block.marker : '–'}
          </span>
          {content(block)}
        </div>
      );
    case 'code':
      return (
        <pre {...data} className={styles.code}>
          <Runs text={text} offset={offset} runs={toRuns(text, offset, block, passage, false)} />
        </pre>
      );
    case 'rule':
      return <hr {...data} className={styles.rule} />;
    case 'table': {
      const [head, ...body] = block.header ? block.rows : [undefined, ...block.rows];
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too
        <div {...data} className={styles.tableWrap} tabIndex={0}>
          <table className={styles.table}>
            {head && (
              <thead>
                <tr>
                  {head.map((cell) => (
                    <th key={cell.start} scope="col">
                      {content(cell)}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {body.map((row) => (
                <tr key={row?.[0]?.start}>
                  {row?.map((cell) => (
                    <td key={cell.start}>{content(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
  }
}, sameBlock);
BlockView.displayName = 'BlockView';

const Runs = ({ text, offset, runs }: { text: string; offset: number; runs: Run[] }) =>
  runs.map((run) => {
    const shown = text.slice(run.start - offset, run.end - offset);
    const styled = styledRun(run.style, shown);
    return run.marked ? (
      <mark key={run.start} className={styles.mark} data-mark>
        {styled}
      </mark>
    ) : (
      <span key={run.start}>{styled}</span>
    );
  });

const styledRun = (style: Run['style'], shown: string) => {
  switch (style) {
    case 'plain':
    case 'link':
      return shown;
    case 'strong':
      return <strong>{shown}</strong>;
    case 'emphasis':
      return <em>{shown}</em>;
    case 'code':
      return <code className={styles.inlineCode}>{shown}</code>;
  }
};
