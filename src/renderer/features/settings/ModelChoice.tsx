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

interface ModelChoiceProps {
  model: EmbeddingModel;
  job: Job | null;
  selected: boolean;
  onSelect: () => void;
}

/** One embedding model: its description, its state, and its actions. */
export const ModelChoice = ({ model, job, selected, onSelect }: ModelChoiceProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const usable = model.state === 'ready';
  const embedding = selected && usable && model.kind !== 'none' && model.embedded < model.total;
  const facts = [
    t(`search.kinds.${model.kind}`),
    model.dimensions !== null && t('search.dimensions', { count: model.dimensions }),
    model.downloadBytes > 0 &&
      (model.state === 'available' || model.state === 'failed') &&
      t('search.toDownload', { size: format.bytes(model.downloadBytes) }),
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <div className={styles.choice} data-selected={selected || undefined}>
      <label className={styles.choiceTop}>
        <input type="radio" name="embedding-model" checked={selected} disabled={!usable} onChange={onSelect} />
        <span className={styles.choiceText}>
          <b>{model.kind === 'none' ? t('search.none') : model.name}</b>
          <span className="muted">{facts.join(' · ')}</span>
        </span>
      </label>
      <span className={styles.choiceEnd}>
        {model.state === 'downloading' && (
          <>
            <span className={styles.download}>
              <span className="num muted">{job ? format.percent(job.progress) : ''}</span>
              <Progress value={job?.progress ?? null} label={t('search.downloading', { name: model.name })} />
            </span>
            <Button size="s" variant="quiet" onClick={() => void attempt(() => client.settings.cancelEmbeddingDownload({ id: model.id }))}>
              {t('search.cancelDownload')}
            </Button>
          </>
        )}
        {(model.state === 'available' || model.state === 'failed') && (
          <>
            {model.state === 'failed' && <Status tone="danger">{t('search.failed')}</Status>}
            <Button size="s" icon={Download} onClick={() => void attempt(() => client.settings.downloadEmbeddingModel({ id: model.id }))}>
              {t(model.state === 'failed' ? 'search.resume' : 'search.download')}
            </Button>
          </>
        )}
        {embedding && (
          <span className={styles.download}>
            <span className="num muted">
              {t('search.embedded', { done: format.integer(model.embedded), total: format.integer(model.total) })}
            </span>
            <Progress value={model.total === 0 ? 0 : model.embedded / model.total} label={t('search.embedding')} />
          </span>
        )}
        {selected && usable && !embedding && model.kind !== 'none' && <Status tone="ok">{t('search.inUse')}</Status>}
      </span>
    </div>
  );
};
