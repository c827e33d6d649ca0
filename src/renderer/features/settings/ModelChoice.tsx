import { useFormat } from '@renderer/lib/useFormat';
import { Progress } from '@renderer/ui/Progress';
import { Status } from '@renderer/ui/Status';
import type { EmbeddingModel, Job } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { DownloadState } from './DownloadState';
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
        <DownloadState model={model} job={job} />
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
