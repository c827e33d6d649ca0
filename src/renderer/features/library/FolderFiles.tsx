import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { useAttempt } from '@renderer/ui/useAttempt';
import { EmergenceError, type WatchedFile } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './AttentionPage.module.css';

/** The files of a watched folder that are no documents now: each with its path, the reason in words, and the action that helps. */
export const FolderFiles = ({ folderId, group }: { folderId: string; group: 'trouble' | 'gone' }) => {
  const { t } = useTranslation('library');
  const files = useQuery(useApi().folders.files.queryOptions({ input: { id: folderId, group } })).data;
  if (!files || files.total === 0) return null;
  const title = group === 'gone' ? t('folders.gone') : t('folders.troubles');
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.list}>
        {files.items.map((file) => (
          <FileItem key={file.id} file={file} />
        ))}
      </ul>
      {files.total > files.items.length && <p className="second">{t('folders.more', { count: files.total - files.items.length })}</p>}
    </section>
  );
};

const FileItem = ({ file }: { file: WatchedFile }) => {
  const { t } = useTranslation('library');
  const words = useErrorText();
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const why = (): string => {
    if (file.state === 'gone') {
      const when = format.when(file.goneAt ?? 0);
      return file.restorableUntil === null
        ? t('folders.goneKept', { when })
        : t('folders.goneText', { when, until: format.date(file.restorableUntil) });
    }
    if (file.state === 'unreadable' && file.problem)
      return words(new EmergenceError('file.unreadable', { reason: file.problem }).toRecord());
    return t(`folders.fileStates.${file.state}`);
  };
  const kept = file.state === 'gone' && file.restorableUntil === null && file.documentId;
  return (
    <li>
      <div className={styles.name}>
        <b className="clip" title={file.path}>
          {kept ? <a href={hrefTo('document', { id: file.documentId ?? '' })}>{file.path}</a> : <bdi>{file.path}</bdi>}
        </b>
        <span>{why()}</span>
      </div>
      <div className={styles.actions}>
        {file.restorableUntil !== null && file.documentId && (
          <Button size="s" onClick={() => void attempt(() => client.folders.restore({ fileId: file.id }))}>
            {t('folders.restore')}
          </Button>
        )}
        {file.state === 'left_out' && (
          <Button size="s" onClick={() => void attempt(() => client.folders.takeAgain({ fileId: file.id }))}>
            {t('folders.takeAgain')}
          </Button>
        )}
      </div>
    </li>
  );
};
