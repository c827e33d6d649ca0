import { hrefTo } from '@renderer/base/routes';
import type { Asked } from '@shared/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AskedLine.module.css';
import { ListedDocuments } from './ListedDocuments';

/** Says in one quiet line how a question was understood, where more was done than to search its words. */
export const AskedLine = ({ asked }: { asked: Asked }) => {
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState(false);
  const { searchedAs, listed, sources, quoted, parts, whole } = asked;
  if (listed)
    return (
      <p className={styles.asked}>
        <button type="button" onClick={() => setOpen(true)}>
          {t('asked.listed', { count: listed.total })}
        </button>
        <ListedDocuments listed={listed} open={open} onOpenChange={setOpen} />
      </p>
    );
  const [documentId] = whole?.documentIds ?? [];
  if (whole?.state === 'read' && documentId !== undefined)
    return (
      <p className={styles.asked}>
        <a href={hrefTo('document', { id: documentId })}>
          {t(whole.parts === 0 ? 'asked.outlined' : 'asked.whole', { count: whole.parts })}
        </a>
      </p>
    );
  const words = (): string | null => {
    if (searchedAs !== undefined) return t('asked.searchedAs', { words: searchedAs });
    if (parts) return t('asked.parts', { words: parts.join(' · ') });
    if (sources) return t('asked.sources', { count: sources.found, wanted: sources.wanted });
    if (quoted) return t(`asked.quoted.${quoted}`);
    return null;
  };
  const line = words();
  return line === null ? null : (
    <p className={styles.asked} dir="auto">
      {line}
    </p>
  );
};
