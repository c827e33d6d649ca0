import type { Format } from '@renderer/lib/format';
import { useFormat } from '@renderer/lib/useFormat';
import { Progress } from '@renderer/ui/Progress';
import { Status } from '@renderer/ui/Status';
import type { LibraryDocument } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { rowState } from './documentRows';
import { usePageChecks } from './pageChecks';
import styles from './table.module.css';

/** How many pages are named one by one; a book may have more damaged ones than fit into a line. */
const pagesNamed = 12;

export const unreadPages = ({ unreadPages: pages }: LibraryDocument, format: Format): string =>
  format.list([...pages.slice(0, pagesNamed).map((page) => format.integer(page)), ...(pages.length > pagesNamed ? ['…'] : [])]);

/** The state in words; running work shows its progress. */
export const StateCell = ({ document }: { document: LibraryDocument }) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const isChecking = usePageChecks(({ checking }) => checking.has(document.id));
  const state = rowState(document);
  if (isChecking)
    return (
      <div className={styles.work}>
        <div className={styles.workLine}>
          <span className="clip">{t('web.checking')}</span>
        </div>
        <Progress value={null} label={t('web.checking')} />
      </div>
    );
  switch (state.kind) {
    case 'ready':
    case 'queued':
    case 'cancelled':
      return <span className="muted">{t(`states.${state.kind}`)}</span>;
    case 'partly':
      return (
        <span title={t('unreadPages', { count: document.unreadPages.length, pages: unreadPages(document, format) })}>
          <Status tone="warning">{t('states.partly')}</Status>
        </span>
      );
    case 'originalMissing':
      return (
        <span title={t('originalMissing')}>
          <Status tone="warning">{t('states.originalMissing')}</Status>
        </span>
      );
    case 'failed':
      return (
        <span className={styles.bad}>
          <Status tone="danger">{t('states.failed')}</Status>
        </span>
      );
    case 'recognising': {
      const { done, total, progress } = state;
      const words = t('recognition.running');
      return (
        <div className={styles.work} title={words}>
          <div className={styles.workLine}>
            <span className="clip">{total > 0 ? t('recognition.pages', { done: format.integer(done), count: total }) : words}</span>
            <span className="num muted">{format.percent(progress)}</span>
          </div>
          <Progress value={progress} label={words} />
        </div>
      );
    }
    case 'working': {
      const stage = t(`stages.${state.stage}`);
      return (
        <div className={styles.work}>
          <div className={styles.workLine}>
            <span className="clip">{stage}</span>
            <span className="num muted">{format.percent(state.progress)}</span>
          </div>
          <Progress value={state.progress} label={stage} />
        </div>
      );
    }
  }
};
