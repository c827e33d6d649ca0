import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { Skeleton } from '@renderer/ui/Skeleton';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { GardenerReport, GardenerRun } from '@shared/model';
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, Sprout, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';

/** Archived memories that a report names. */
const named = 20;

/** The plan of the gardener and its last runs, with undo. */
export const GardenerPage = () => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const client = useClient();
  const api = useApi();
  const garden = useGarden();
  const runs = useQuery(api.memory.gardenerRuns.queryOptions());
  const [previewing, setPreviewing] = useState(false);
  const plan = useQuery(api.memory.gardenerPlan.queryOptions({ enabled: previewing }));
  useTitle(t('pages.gardener'));
  const run = async (): Promise<void> => {
    setPreviewing(false);
    const done = await garden.attempt(() => client.memory.runGardener());
    if (!done) return;
    const { id, report } = done;
    toast({
      message: garden.words(report),
      ...(report.archived.length > 0 && { action: { label: common('actions.undo'), onAction: () => garden.undo(id) } }),
    });
  };
  return (
    <>
      <Header title={t('pages.gardener')} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <section className={styles.garden} tabIndex={0} aria-label={t('pages.gardener')}>
        <p className={styles.lead}>{t('gardener.lead')}</p>
        <div className={styles.answers}>
          <Button icon={Eye} aria-pressed={previewing} onClick={() => setPreviewing(!previewing)}>
            {t('gardener.preview')}
          </Button>
          <Button variant="main" icon={Sprout} onClick={() => void run()}>
            {t('gardener.run')}
          </Button>
        </div>
        {previewing && (
          <div className={styles.block} role="status">
            <h2>{t('gardener.would')}</h2>
            {plan.error && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
            {plan.data && (
              <>
                <p className="second">{garden.words(plan.data)}</p>
                <Archived report={plan.data} />
              </>
            )}
          </div>
        )}
        <div className={styles.block}>
          <h2>{t('gardener.runs')}</h2>
          {runs.isPending && <Skeleton lines={3} />}
          {runs.error && <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />}
          {runs.data?.runs.length === 0 && <p className="second">{t('gardener.none')}</p>}
          {runs.data?.runs.map((each) => (
            <Run key={each.id} run={each} />
          ))}
        </div>
      </section>
    </>
  );
};

const useGarden = () => {
  const { t } = useTranslation('memory');
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const run = useAttempt();
  return useMemo(() => {
    const attempt = async <Result,>(work: () => Promise<Result>): Promise<Result | undefined> => {
      const result = await run(work);
      await queries.invalidateQueries({ queryKey: api.memory.key() });
      return result;
    };
    return {
      attempt,
      undo: (id: string) => attempt(() => client.memory.undoGardener({ id })),
      /** The numbers of a report. */
      words: ({ archived, emptied }: GardenerReport): string =>
        archived.length + emptied === 0
          ? t('gardener.nothing')
          : [
              archived.length > 0 && t('gardener.archived', { count: archived.length }),
              emptied > 0 && t('gardener.emptied', { count: emptied }),
            ]
              .filter(Boolean)
              .join(', '),
    };
  }, [t, api, client, queries, run]);
};

const Run = ({ run: { id, at, report, undoneAt } }: { run: GardenerRun }) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const format = useFormat();
  const garden = useGarden();
  return (
    <div>
      <div className={styles.run}>
        <span className="num">{format.dateTime(at)}</span>
        <span className="second grow">{garden.words(report)}</span>
        {undoneAt !== null && <span className="muted">{t('gardener.undone')}</span>}
        {undoneAt === null && report.archived.length > 0 && (
          <Button size="s" variant="quiet" icon={Undo2} onClick={() => void garden.undo(id)}>
            {common('actions.undo')}
          </Button>
        )}
      </div>
      {undoneAt === null && <Archived report={report} />}
    </div>
  );
};

/** The first archived memories of a report, by their words; those that are gone are left out. */
const Archived = ({ report: { archived } }: { report: GardenerReport }) => {
  const { t } = useTranslation('memory');
  const api = useApi();
  const items = useQueries({
    queries: archived.slice(0, named).map((id) => api.memory.get.queryOptions({ input: { id }, retry: false })),
  });
  return (
    <ul className={styles.changes}>
      {items.map(
        ({ data }) =>
          data && (
            <li key={data.id}>
              <a className="clip" href={hrefTo('memoryItem', { id: data.id })}>
                {data.text}
              </a>
            </li>
          ),
      )}
      {archived.length > named && <li className="muted">{t('gardener.more', { count: archived.length - named })}</li>}
    </ul>
  );
};
