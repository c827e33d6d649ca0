import { useApi, useClient } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { Progress } from '@renderer/ui/Progress';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Job } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './StatusLine.module.css';
import { nextProgress, type WorkProgress } from './workProgress';

const isActive = ({ state }: Job): boolean => state === 'running' || state === 'queued';

/** One thin line at the bottom right, only while something runs in the background. */
export const StatusLine = () => {
  const { t } = useTranslation();
  const jobs = useQuery(useApi().library.jobs.queryOptions()).data;
  const known = useRef<WorkProgress | null>(null);
  const [shown, setShown] = useState<ReturnType<typeof nextProgress>>(null);
  const active = (jobs ?? []).filter(isActive);
  useEffect(() => {
    const progress = nextProgress(known.current, (jobs ?? []).filter(isActive), Date.now());
    known.current = progress;
    setShown(progress);
  }, [jobs]);
  const first = active.find(({ state }) => state === 'running') ?? active[0];
  const reading = active.filter(({ kind }) => kind === 'ingest');
  const words =
    reading.length > 0
      ? t('jobs.ingest', { count: reading.length, title: reading[0]?.title })
      : t(`jobs.${first && first.kind !== 'ingest' ? first.kind : 'embed'}`, { title: first?.title });
  return (
    <>
      <Announcement work={first ? words : null} reading={reading.length > 0} />
      {first && shown && <Line words={words} jobs={active} progress={shown} />}
    </>
  );
};

const Line = ({
  words,
  jobs,
  progress,
}: {
  words: string;
  jobs: readonly Job[];
  progress: NonNullable<ReturnType<typeof nextProgress>>;
}) => {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  return (
    <section className={styles.line} aria-label={t('jobs.label')}>
      <span className="clip">{words}</span>
      <span className={styles.track}>
        <Progress value={progress.share > 0 ? progress.share : null} label={words} />
      </span>
      <span className={styles.share}>{format.percent(progress.share)}</span>
      {progress.leftMs !== null && (
        <span className="muted nowrap">{t('jobs.left', { time: format.duration(Math.max(1000, progress.leftMs)) })}</span>
      )}
      <IconButton
        icon={X}
        iconSize={14}
        side="top"
        label={t('jobs.cancel')}
        onClick={() =>
          void attempt(async () => {
            if (jobs.some(({ kind }) => kind === 'memory')) await client.memory.backfill.pause();
            if (jobs.some(({ kind }) => kind === 'maintenance')) await client.maintenance.cancel();
            return client.library.cancel({ jobIds: jobs.map(({ id }) => id) });
          })
        }
      />
    </section>
  );
};

/** Announces to screen readers that work began and how it ended; the progress between is only shown. */
const Announcement = ({ work, reading }: { work: string | null; reading: boolean }) => {
  const { t } = useTranslation();
  const client = useClient();
  const [said, setSaid] = useState('');
  const last = useRef({ work, reading });
  useEffect(() => {
    const before = last.current;
    last.current = { work, reading };
    if (before.work === null && work !== null) setSaid(work);
    if (before.work === null || work !== null) return;
    if (!before.reading) setSaid(t('jobs.over'));
    else
      void client.library.stats().then(
        ({ ready, failed }) => {
          const sentences = [t('jobs.ready', { count: ready }), ...(failed > 0 ? [t('jobs.failed', { count: failed })] : [])];
          setSaid([t('jobs.readingOver'), ...sentences].join(' '));
        },
        () => setSaid(t('jobs.readingOver')),
      );
  }, [work, reading, t, client]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
};
