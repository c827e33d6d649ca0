import { useFormat } from '@renderer/lib/useFormat';
import { Status } from '@renderer/ui/Status';
import type { Job, RerankerModel } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { DownloadState } from './DownloadState';
import styles from './search.module.css';

interface RerankerChoiceProps {
  model: RerankerModel;
  job: Job | null;
  selected: boolean;
  onSelect: () => void;
}

/** One reranker: its description, its state, and its actions. */
export const RerankerChoice = ({ model, job, selected, onSelect }: RerankerChoiceProps) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const usable = model.state === 'ready';
  const toDownload = model.downloadBytes > 0 && model.state !== 'downloading';
  const facts = [
    t(`search.rerank.kinds.${model.kind}`),
    ...(toDownload ? [t('search.toDownload', { size: format.bytes(model.downloadBytes) })] : []),
  ];
  return (
    <div className={styles.choice} data-selected={selected || undefined}>
      <label className={styles.choiceTop}>
        <input type="radio" name="reranker" checked={selected} disabled={!usable} onChange={onSelect} />
        <span className={styles.choiceText}>
          <b>{model.kind === 'none' ? t('search.rerank.none') : model.name}</b>
          <span className="muted">{facts.join(' · ')}</span>
        </span>
      </label>
      <span className={styles.choiceEnd}>
        {model.kind === 'endpoint' && !usable ? (
          <Status tone="danger">{t('search.rerank.gone')}</Status>
        ) : (
          <DownloadState model={model} job={job} />
        )}
        {selected && usable && model.kind !== 'none' && <Status tone="ok">{t('search.inUse')}</Status>}
      </span>
    </div>
  );
};
