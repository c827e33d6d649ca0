import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../IconButton';
import { useCopy } from '../useCopy';
import styles from './CodeBlock.module.css';
import type { CodePiece } from './highlighter';

type Highlight = typeof import('./highlighter').highlightCode;
let highlight: Highlight | null = null;
/** Longer code is shown plain: colouring it would block the page. */
const longest = 60_000;
/** Longer code is folded to its first lines; a few lines more are not worth a fold. */
const foldedFrom = 40;

/** The function that colours code; null until its chunk is loaded. */
const useHighlight = (wanted: boolean): Highlight | null => {
  const [ready, setReady] = useState<Highlight | null>(() => highlight);
  useEffect(() => {
    if (!wanted || ready) return;
    void import('./highlighter').then((module) => {
      highlight = module.highlightCode;
      setReady(() => module.highlightCode);
    });
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
  const colour = useHighlight(wanted);
  const parts = useMemo(() => (wanted && colour ? colour(language, code) : null), [wanted, colour, language, code]);
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
        <code>{parts ? show(parts) : code}</code>
      </pre>
      {foldable && (
        <button type="button" className={styles.fold} aria-expanded={unfolded} aria-controls={id} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? t('code.fold') : t('code.unfold', { lines })}
        </button>
      )}
    </div>
  );
};
