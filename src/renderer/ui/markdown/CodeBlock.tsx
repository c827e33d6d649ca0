import { Check, Copy } from 'lucide-react';
import { memo, type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../IconButton';
import { useCopy } from '../useCopy';
import styles from './CodeBlock.module.css';
import { codeParts } from './codeParts';
import type { CodePiece } from './highlighter';
import { highlightLong } from './highlightLong';

type Highlight = typeof import('./highlighter').highlightCode;
let highlight: Highlight | null = null;
/** Longer code is shown plain. */
const longest = 60_000;
/** Longer code is coloured by a worker, and put on the page part by part: both would block the page. */
const longestAtOnce = 4_000;
/** Longer code is folded to its first lines; a few lines more are not worth a fold. */
const foldedFrom = 40;

/** The function that colours code; null until its chunk is loaded. */
const useHighlight = (wanted: boolean): Highlight | null => {
  const [ready, setReady] = useState<Highlight | null>(() => highlight);
  useEffect(() => {
    if (!wanted || ready) return;
    import('./highlighter').then(
      (module) => {
        highlight = module.highlightCode;
        setReady(() => module.highlightCode);
      },
      // The program does not answer at the moment: code stays plain, and the next block tries again.
      () => {},
    );
  }, [wanted, ready]);
  return ready;
};

const show = (parts: CodePiece['parts']): ReactNode =>
  parts.map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of fixed text have no identity but their place
      <span key={index} className={part.classes}>
        {show(part.parts)}
      </span>
    ),
  );

/** The coloured parts of long code, one more with each frame; none where it stays plain. */
const useColouredParts = (language: string | null, code: string, wanted: boolean): readonly CodePiece['parts'][] => {
  const [parts, setParts] = useState<{ of: string; all: readonly CodePiece['parts'][]; shown: number } | null>(null);
  useEffect(() => {
    if (!wanted || language === null) return;
    let left = false;
    void highlightLong(language, code).then((all) => {
      if (all && !left) setParts({ of: code, all, shown: 1 });
    });
    return () => {
      left = true;
    };
  }, [language, code, wanted]);
  useEffect(() => {
    if (!parts || parts.shown >= parts.all.length) return;
    const frame = requestAnimationFrame(() => setParts({ ...parts, shown: parts.shown + 1 }));
    return () => cancelAnimationFrame(frame);
  }, [parts]);
  return wanted && parts?.of === code ? parts.all.slice(0, parts.shown) : noParts;
};
const noParts: readonly CodePiece['parts'][] = [];

const Part = memo(({ parts, text }: { parts: CodePiece['parts'] | undefined; text: string }) => (parts ? show(parts) : text));

export interface CodeBlockProps {
  language: string | null;
  code: string;
  /** True while it is being written: code is coloured when it is complete. */
  open: boolean;
}

/** A block of code with its language and a button that copies it. */
export const CodeBlock = ({ language, code, open }: CodeBlockProps) => {
  const { t } = useTranslation();
  const toClipboard = useCopy();
  const id = useId();
  const [copied, setCopied] = useState(false);
  const wanted = !open && language !== null && code.length <= longest;
  const long = code.length > longestAtOnce;
  const colour = useHighlight(wanted && !long);
  const parts = useMemo(() => (wanted && !long && colour ? colour(language, code) : null), [wanted, long, colour, language, code]);
  const coloured = useColouredParts(language, code, wanted && long);
  const texts = useMemo(() => codeParts(code), [code]);
  const lines = useMemo(() => code.split('\n').length, [code]);
  const [unfolded, setUnfolded] = useState(false);
  const foldable = lines > foldedFrom;
  const copy = async (): Promise<void> => {
    if (!(await toClipboard(code, null))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div className={styles.block}>
      <div className={styles.bar}>
        <span className="grow">{language}</span>
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? t('actions.copied') : t('code.copy')}
          onClick={() => void copy()}
          side="top"
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an element that scrolls sideways must be reachable by keyboard */}
      <pre id={id} className={styles.code} tabIndex={0} dir="ltr" data-folded={(foldable && !unfolded) || undefined}>
        <code>
          {parts
            ? show(parts)
            : texts.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines only come at the end, so a part keeps its place
                <span key={index} className={styles.part}>
                  <Part text={text} parts={coloured[index]} />
                </span>
              ))}
        </code>
      </pre>
      {foldable && (
        <button type="button" className={styles.fold} aria-expanded={unfolded} aria-controls={id} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? t('code.fold') : t('code.unfold', { lines })}
        </button>
      )}
    </div>
  );
};
