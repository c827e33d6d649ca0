import { Check, Copy } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../IconButton';
import styles from './CodeBlock.module.css';

/** A block of code with its language and a button that copies it. */
export const CodeBlock = ({ language, children }: { language: string | null; children: ReactNode }) => {
  const { t } = useTranslation();
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code.current?.textContent ?? '');
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <pre ref={code} className={styles.code} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
};
