import { useClient } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Progress } from '@renderer/ui/Progress';
import { Status } from '@renderer/ui/Status';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { EmbeddingModel, Job } from '@shared/model';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './search.module.css';

interface DownloadStateProps {
  model: Pick<EmbeddingModel, 'id' | 'name' | 'state' | 'downloadBytes'>;
  job: Job | null;
}

/** The download of a model: its progress, and the buttons that start, resume and cancel it. */
export const DownloadState = ({ model, job }: DownloadStateProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  if (model.state === 'downloading')
    return (
      <>
        <span className={styles.download}>
          <span className="num muted">{job ? format.percent(job.progress) : ''}</span>
          <Progress value={job?.progress ?? null} label={t('search.downloading', { name: model.name })} />
        </span>
        <Button size="s" variant="quiet" onClick={() => void attempt(() => client.settings.cancelDownload({ id: model.id }))}>
          {t('search.cancelDownload')}
        </Button>
      </>
    );
  if (model.state === 'ready') return null;
  return (
    <>
      {model.state === 'failed' && <Status tone="danger">{t('search.failed')}</Status>}
      <Button size="s" icon={Download} onClick={() => void attempt(() => client.settings.downloadModel({ id: model.id }))}>
        {t(model.state === 'failed' ? 'search.resume' : 'search.download')}
      </Button>
    </>
  );
};
