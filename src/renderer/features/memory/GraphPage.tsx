import { useApi } from '@renderer/base/client';
import { useTitle } from '@renderer/lib/useTitle';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { Skeleton } from '@renderer/ui/Skeleton';
import { walkLinks } from '@renderer/ui/walkLinks';
import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Graph.module.css';
import { GraphDrawing } from './GraphDrawing';
import memoryStyles from './memory.module.css';
import { neighboursIn } from './memoryGraph';
import { SubjectLink } from './SubjectLink';

/** Subjects that a row of the list names beside its own. */
const mostNamed = 4;

/** The subjects that are mentioned together: as a drawing, and as a list that says the same. */
export const GraphPage = () => {
  const { t } = useTranslation('memory');
  const read = useQuery(useApi().memory.graph.queryOptions());
  const graph = read.data;
  const neighbours = useMemo(() => (graph ? neighboursIn(graph) : []), [graph]);
  const [active, setActive] = useState<number | null>(null);
  useTitle(t('pages.graph'));
  return (
    <>
      <Header title={t('pages.graph')} />
      {read.error && (
        <div className={memoryStyles.state}>
          <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        </div>
      )}
      {read.isPending && <Skeleton className={memoryStyles.state} lines={6} />}
      {graph?.nodes.length === 0 && (
        <EmptyState icon={Waypoints} title={t('graph.empty')}>
          {t('graph.emptyText')}
        </EmptyState>
      )}
      {graph && graph.nodes.length > 0 && (
        <div className={memoryStyles.detail}>
          <GraphDrawing graph={graph} neighbours={neighbours} active={active} onActive={setActive} />
          <aside className={styles.side} aria-label={t('graph.list')}>
            <p className="muted">{graph.more > 0 ? t('graph.more', { count: graph.nodes.length }) : t('graph.hint')}</p>
            <ul onKeyDown={walkLinks}>
              {graph.nodes.map(({ subject, items }, place) => (
                <li key={subject} data-active={active === place || undefined}>
                  <SubjectLink subject={subject} className={styles.subject} onActive={(on) => setActive(on ? place : null)}>
                    <span className={styles.subjectTop}>
                      <b className="clip" dir="auto">
                        {subject}
                      </b>
                      <span className="num">{t('graph.items', { count: items })}</span>
                    </span>
                    {(neighbours[place]?.length ?? 0) > 0 && (
                      <span className="muted">
                        {t('graph.with', { subjects: neighbours[place]?.slice(0, mostNamed).map((other) => graph.nodes[other]?.subject) })}
                      </span>
                    )}
                  </SubjectLink>
                </li>
              ))}
            </ul>
          </aside>
        </div>
      )}
    </>
  );
};
