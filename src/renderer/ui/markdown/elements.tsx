import { isConversationAddress } from '@renderer/lib/conversationAddress';
import { askToOpen, safeAddress } from '@renderer/lib/externalLink';
import { ImageOff } from 'lucide-react';
import { Children, type ComponentProps, createContext, isValidElement, type ReactElement, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Components } from 'react-markdown';
import { CodeBlock } from './CodeBlock';
import { Formula } from './Formula';
import styles from './Markdown.module.css';

/** Renders the chip for a number at a place in the message. */
export const CitationContext = createContext<((marker: number, at: number) => ReactNode) | undefined>(undefined);

/** Renders the note at a place in the message, around the words on which it is; they are absent where it stands behind a place. */
export const NoteContext = createContext<((place: number, words: ReactNode) => ReactNode) | undefined>(undefined);

/** True while a piece is being written. Outside the memoised piece, so that its end does not render it all again. */
export const OpenContext = createContext(false);

/** An address with its escapes decoded, where that is possible. */
const decoded = (address: string): string => {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
};

const Link = ({ href, children }: ComponentProps<'a'>) => {
  if (href && isConversationAddress(href))
    return (
      <a className="link" href={href}>
        {children}
      </a>
    );
  const address = href && safeAddress(href);
  // `handlers[0](event)` is no link: it stays as text.
  if (!address && /^[^#/.:]*$/.test(href ?? '')) return <span>{['[', children, `](${decoded(href ?? '')})`]}</span>;
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
      onAuxClick={(event) => {
        // The secondary button opens the menu; any other would open the address unasked.
        if (event.button === 2) return;
        event.preventDefault();
        askToOpen(address, event.currentTarget.textContent ?? '');
      }}
    >
      {children}
    </a>
  );
};

/** An external picture would report to its server that it was read: only its name is shown, and it opens on request. */
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

export const TableFrame = ({ children }: ComponentProps<'table'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: an element that scrolls sideways must be reachable by keyboard
  <div className={styles.table} tabIndex={0}>
    <table>{children}</table>
  </div>
);

const Citation = ({ marker, at }: { marker?: number; at?: number }) => {
  const render = useContext(CitationContext);
  return <>{marker === undefined ? null : render ? render(marker, at ?? 0) : `[${marker}]`}</>;
};

const Noted = ({ place, children }: { place?: number; children?: ReactNode }) => {
  const render = useContext(NoteContext);
  return <>{render && place !== undefined ? render(place, children) : children}</>;
};

interface NoteProps {
  number?: number;
  name?: string;
  children?: ReactNode;
}

const jump = (from: HTMLElement, to: string): void => {
  const found = from.closest(`.${styles.prose}`)?.querySelector<HTMLElement>(`[data-note="${CSS.escape(to)}"]`);
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus();
};

const NoteReference = ({ number, name }: NoteProps) => {
  const { t } = useTranslation();
  return (
    <sup>
      <button
        type="button"
        className={styles.noteReference}
        aria-label={t('note.open', { number })}
        data-note={`to ${name}`}
        onClick={(event) => jump(event.currentTarget, `at ${name}`)}
      >
        {number}
      </button>
    </sup>
  );
};

const Note = ({ number, name, children }: NoteProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles.note} data-note={`at ${name}`} tabIndex={-1}>
      <button
        type="button"
        className={styles.noteReference}
        aria-label={t('note.back', { number })}
        onClick={(event) => jump(event.currentTarget, `to ${name}`)}
      >
        {number}.
      </button>
      <div>{children}</div>
    </div>
  );
};

/** The elements of a text as they are shown: links that ask, pictures by name, code, tables, citations, formulas and notes. */
export const components = {
  a: Link,
  img: Image,
  pre: Code,
  table: TableFrame,
  cite: Citation,
  formula: Formula,
  noteref: NoteReference,
  note: Note,
  noted: Noted,
} as unknown as Components;

/** Those children that are elements of a kind. */
const ofKind = (children: ReactNode, kind: unknown): ReactNode[] =>
  Children.toArray(children).filter((child) => isValidElement(child) && child.type === kind);
const Rows = ({ children }: ComponentProps<'tbody'>) => <>{children}</>;

/** For the parts of a long table within one frame: its head, and rows within a body. */
export const tableHead: Components = { ...components, table: ({ children }) => <>{ofKind(children, 'thead')}</> };
export const tableRows: Components = { ...components, table: ({ children }) => <>{ofKind(children, Rows)}</>, tbody: Rows };
/** For the parts of a long paragraph within one. */
export const withinParagraph: Components = { ...components, p: ({ children }) => <>{children}</> };
