import { askToOpen, safeAddress } from '@renderer/lib/externalLink';
import { type ComponentProps, createContext, memo, type ReactElement, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock';
import styles from './Markdown.module.css';
import { remarkCitations } from './remarkCitations';
import { splitBlocks } from './splitBlocks';

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

/** Markdown as people and models write it. No raw HTML, nothing loaded from elsewhere; links ask before they lead outside. */
export const Markdown = memo(({ text, streaming = false, markers = none, renderCitation }: MarkdownProps) => {
  const blocks = splitBlocks(text);
  // Blocks compare by the numbers, not by the set that holds them.
  const numbers = [...markers].sort((a, b) => a - b).join(' ');
  return (
    <CitationContext value={renderCitation}>
      <div className={styles.prose} data-streaming={streaming || undefined}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end, so a block keeps its place
          <Block key={index} text={block} numbers={numbers} open={streaming && index === blocks.length - 1} />
        ))}
      </div>
    </CitationContext>
  );
});

const Block = memo(({ text, numbers, open }: { text: string; numbers: string; open: boolean }) => {
  const remark = useMemo(() => [remarkGfm, remarkCitations(new Set(numbers ? numbers.split(' ').map(Number) : []))], [numbers]);
  return (
    <ReactMarkdown remarkPlugins={remark} rehypePlugins={open ? [] : [[rehypeHighlight, { detect: false }]]} components={components}>
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
      {alt || t('link.image', { host: new URL(address).hostname })}
    </button>
  );
};

const Code = ({ children }: ComponentProps<'pre'>) => {
  const code = children as ReactElement<{ className?: string }> | undefined;
  const language = /language-([\w+#.-]+)/.exec(code?.props?.className ?? '')?.[1] ?? null;
  return <CodeBlock language={language}>{children}</CodeBlock>;
};

const Table = ({ children }: ComponentProps<'table'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
  <div className={styles.table} tabIndex={0}>
    <table>{children}</table>
  </div>
);

const Citation = ({ marker }: { marker?: number }) => {
  const render = useContext(CitationContext);
  return <>{marker === undefined ? null : render ? render(marker) : `[${marker}]`}</>;
};

const components = { a: Link, img: Image, pre: Code, table: Table, cite: Citation } as unknown as Components;
