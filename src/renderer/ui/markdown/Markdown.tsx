import { askToOpen, safeAddress } from '@renderer/lib/externalLink';
import { ImageOff } from 'lucide-react';
import {
  Children,
  type ComponentProps,
  createContext,
  isValidElement,
  memo,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
} from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock';
import { longTableParts } from './longTable';
import styles from './Markdown.module.css';
import { remarkCitations } from './remarkCitations';
import { toPieces } from './splitBlocks';

export interface MarkdownProps {
  text: string;
  /** The end is still being written: code there is coloured when it is complete. */
  streaming?: boolean;
  /** Numbers `[n]` that become chips; others stay as written. */
  markers?: ReadonlySet<number>;
  /** The chip for a number. Keep it the same function between renders. */
  renderCitation?: (marker: number) => ReactNode;
}

const CitationContext = createContext<((marker: number) => ReactNode) | undefined>(undefined);
const none: ReadonlySet<number> = new Set();

/** Whether a piece is still being written. Beside the memoised piece, so that its end does not paint it all again. */
const OpenContext = createContext(false);

/** The known numbers that a piece cites, as a key that stays the same while the piece does. */
const numbersIn = (block: string, known: ReadonlySet<number>): string =>
  [...new Set([...block.matchAll(/\[(\d{1,3})\]/g)].map((match) => Number(match[1])))].filter((number) => known.has(number)).join(' ');

/** Markdown as people and models write it. No raw HTML, nothing loaded from elsewhere; links ask before they lead outside. */
export const Markdown = memo(({ text, streaming = false, markers = none, renderCitation }: MarkdownProps) => {
  const blocks = toPieces(text, markers);
  return (
    <CitationContext value={renderCitation}>
      <div className={styles.prose} data-streaming={streaming || undefined}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end, so a block keeps its place
          <OpenContext key={index} value={streaming && index === blocks.length - 1}>
            <Block text={block} numbers={markers.size === 0 ? '' : numbersIn(block, markers)} />
          </OpenContext>
        ))}
      </div>
    </CitationContext>
  );
});

const Block = memo(({ text, numbers }: { text: string; numbers: string }) => {
  const parts = longTableParts(text);
  if (!parts) return <Piece text={text} numbers={numbers} components={components} />;
  return (
    <TableFrame>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows only come at the end, so a part keeps its place
        <Piece key={index} text={part} numbers={numbers} components={index === 0 ? wholeTable : tableBody} />
      ))}
    </TableFrame>
  );
});

const Piece = memo(({ text, numbers, components: own }: { text: string; numbers: string; components: Components }) => {
  const remark = useMemo(() => [remarkGfm, remarkCitations(new Set(numbers ? numbers.split(' ').map(Number) : []))], [numbers]);
  return (
    <ReactMarkdown remarkPlugins={remark} components={own}>
      {text}
    </ReactMarkdown>
  );
});

const Link = ({ href, children }: ComponentProps<'a'>) => {
  const address = href && safeAddress(href);
  if (!address) return <span>{children}</span>;
  return (
    <a
      className="link"
      href={address}
      title={address}
      rel="noreferrer noopener"
      target="_blank"
      onClick={(event) => {
        event.preventDefault();
        askToOpen(address, event.currentTarget.textContent ?? '');
      }}
    >
      {children}
    </a>
  );
};

/** A picture elsewhere would tell its server that it was read: it is only named, and opens on request. */
const Image = ({ src, alt }: ComponentProps<'img'>) => {
  const { t } = useTranslation();
  const address = typeof src === 'string' ? safeAddress(src) : null;
  if (!address) return <span className="muted">{alt}</span>;
  return (
    <button type="button" className={styles.image} onClick={() => askToOpen(address)}>
      <ImageOff size={14} aria-hidden />
      {alt && <span>{alt}</span>}
      <span className="muted">{t('link.image', { host: new URL(address).hostname })}</span>
    </button>
  );
};

const Code = ({ children }: ComponentProps<'pre'>) => {
  const open = useContext(OpenContext);
  const code = children as ReactElement<{ className?: string; children?: ReactNode }> | undefined;
  const language = /language-([\w+#.-]+)/.exec(code?.props?.className ?? '')?.[1] ?? null;
  return <CodeBlock language={language} code={String(code?.props?.children ?? '').replace(/\n$/, '')} open={open} />;
};

const TableFrame = ({ children }: ComponentProps<'table'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
  <div className={styles.table} tabIndex={0}>
    <table>{children}</table>
  </div>
);

const Citation = ({ marker }: { marker?: number }) => {
  const render = useContext(CitationContext);
  return <>{marker === undefined ? null : render ? render(marker) : `[${marker}]`}</>;
};

const components = { a: Link, img: Image, pre: Code, table: TableFrame, cite: Citation } as unknown as Components;

/** Within a frame: the first part of a long table with its head, and the others without. */
const wholeTable: Components = { ...components, table: ({ children }) => <>{children}</> };
const tableBody: Components = {
  ...components,
  table: ({ children }) => <>{Children.toArray(children).filter((child) => isValidElement(child) && child.type === 'tbody')}</>,
};
