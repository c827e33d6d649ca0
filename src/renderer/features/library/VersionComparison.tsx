import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { ComparedPart, ComparedRow, Comparison } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './VersionComparison.module.css';

/** Two versions of a document side by side, with the words that differ. */
export const VersionComparison = ({ fromId, toId }: { fromId: string; toId: string }) => {
  const { t } = useTranslation('library');
  const compared = useQuery(useApi().library.compare.queryOptions({ input: { fromId, toId } }));
  if (compared.error) return <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />;
  if (compared.isPending) return <Skeleton className={styles.compared} lines={8} />;
  if (compared.data.changes === 0) return <EmptyState title={t('compare.same')}>{t('compare.sameText')}</EmptyState>;
  return <Rows comparison={compared.data} />;
};

const Rows = ({ comparison }: { comparison: Comparison }) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const { from, to, rows, changes, more, byWords, cut } = comparison;
  const notes = [
    t('compare.changes', { count: changes }),
    ...(more > 0 ? [t('compare.more', { count: more })] : []),
    ...(byWords ? [] : [t('compare.notByWords')]),
    ...(cut ? [t('compare.cut')] : []),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.compared} aria-label={t('compare.title')} tabIndex={0}>
      <p className={styles.summary}>{notes.join(' ')}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            {[from, to].map(({ id, ordinal, createdAt }) => (
              <th key={id} scope="col">
                {t('compare.column', { ordinal, when: format.when(createdAt) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a comparison never move
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Row = ({ row }: { row: ComparedRow }) => {
  const { t } = useTranslation('library');
  if (row.kind === 'gap')
    return (
      <tr className={styles.gap}>
        <td colSpan={2}>{t('compare.gap', { count: row.skipped })}</td>
      </tr>
    );
  return (
    <tr className={row.kind === 'same' ? styles.same : undefined}>
      <td dir="auto">
        <Parts parts={row.before} as="del" />
      </td>
      <td dir="auto">
        <Parts parts={row.after} as="ins" />
      </td>
    </tr>
  );
};

const Parts = ({ parts, as: Changed }: { parts: readonly ComparedPart[]; as: 'del' | 'ins' }) =>
  parts.map(({ text, changed }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a row never move
    changed ? <Changed key={index}>{text}</Changed> : <span key={index}>{text}</span>,
  );
