import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { Progress } from '@renderer/ui/Progress';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useClient } from './client';
import styles from './StatusLine.module.css';
import { nextProgress, type WorkProgress } from './workProgress';

/** One thin line at the bottom right, only while something runs in the background. */
export const StatusLine = () => {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const jobs = useQuery(useApi().library.jobs.queryOptions()).data;
  const known = useRef<WorkProgress | null>(null);
  const [shown, setShown] = useState<ReturnType<typeof nextProgress>>(null);
  const active = (jobs ?? []).filter(({ state }) => state === 'running' || state === 'queued');
  useEffect(() => {
    const progress = nextProgress(
      known.current,
      (jobs ?? []).filter(({ state }) => state === 'running' || state === 'queued'),
      Date.now(),
    );
    known.current = progress;
    setShown(progress);
  }, [jobs]);
  const first = active.find(({ state }) => state === 'running') ?? active[0];
  if (!first || !shown) return null;
  const reading = active.filter(({ kind }) => kind === 'ingest');
  const words =
    reading.length > 0
      ? t('jobs.ingest', { count: reading.length, title: reading[0]?.title })
      : first.kind === 'download'
        ? t('jobs.download', { title: first.title })
        : t('jobs.embed');
  return (
    <section className={styles.line} aria-label={t('jobs.label')}>
      <span className="clip">{words}</span>
      <span className={styles.track}>
        <Progress value={shown.share > 0 ? shown.share : null} label={words} />
      </span>
      <span className={styles.share}>{format.percent(shown.share)}</span>
      {shown.leftMs !== null && (
        <span className="muted nowrap">{t('jobs.left', { time: format.duration(Math.max(1000, shown.leftMs)) })}</span>
      )}
      <IconButton
        icon={X}
        iconSize={14}
        side="top"
        label={t('jobs.cancel')}
        onClick={() => void client.library.cancel({ jobIds: active.map(({ id }) => id) })}
      />
    </section>
  );
};
