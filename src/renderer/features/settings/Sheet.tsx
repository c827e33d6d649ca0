import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import { useTitle } from '@renderer/lib/useTitle';
import { ErrorState } from '@renderer/ui/ErrorState';
import { IconButton } from '@renderer/ui/IconButton';
import { LayoutContext } from '@renderer/ui/layoutContext';
import { Skeleton } from '@renderer/ui/Skeleton';
import { PanelLeft } from 'lucide-react';
import { type ReactNode, useContext, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

export interface SheetProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** One page of settings: a title, a sentence, and its controls. */
export const Sheet = ({ title, lead, children }: SheetProps) => {
  const { t } = useTranslation();
  const layout = useContext(LayoutContext);
  const scroller = useRef<HTMLElement>(null);
  useKeptScroll(scroller, `settings ${title}`);
  useTitle(title);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label={title}>
      {layout.hasList && !layout.listOpen && (
        <IconButton icon={PanelLeft} label={t('list.show')} shortcut="mod+b" onClick={layout.toggleList} className={styles.showList} />
      )}
      <div className={styles.sheet}>
        <h1 className={styles.title}>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
      </div>
    </section>
  );
};

interface QueryLike<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Shows the result of a query: loading, failed or loaded. */
export const Loaded = <Data,>({ query, children }: { query: QueryLike<Data>; children: (data: Data) => ReactNode }) => {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton lines={5} />;
};

export const Card = ({ children }: { children: ReactNode }) => <div className={styles.card}>{children}</div>;
export const Rows = ({ children }: { children: ReactNode }) => <div className={styles.rows}>{children}</div>;
