import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useBusy } from '@renderer/conversation/busy';
import { modelName } from '@renderer/lib/modelName';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import type { Whole } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './WholeNote.module.css';

interface WholeNoteProps {
  whole: Whole;
  /** Begins the reading: of a document among several where one is given. */
  onBegin: (begin: { confirmed: boolean; documentId?: string }) => void;
}

/** True for a reading that waits for the person. */
export const isAsking = ({ state }: Whole): boolean => state === 'confirm' || state === 'choose';

/** Asks before a document is read as a whole: which one, or if it may cost what it costs. */
export const WholeNote = ({ whole, onBegin }: WholeNoteProps) =>
  whole.state === 'choose' ? <Choice whole={whole} onBegin={onBegin} /> : <Cost whole={whole} onBegin={onBegin} />;

const Choice = ({ whole, onBegin }: WholeNoteProps) => {
  const { t } = useTranslation('chat');
  return (
    <section className={styles.note} aria-label={t('whole.choose')}>
      <p>{t('whole.choose')}</p>
      <ul className={styles.choices}>
        {whole.documentIds.map((id) => (
          <li key={id}>
            <Chosen id={id} onChoose={() => onBegin({ confirmed: false, documentId: id })} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const useDocumentTitle = (id: string | undefined): string | undefined => {
  const api = useApi();
  return useQuery(api.library.document.queryOptions({ input: { id: id ?? '' }, enabled: id !== undefined })).data?.title;
};

const Chosen = ({ id, onChoose }: { id: string; onChoose: () => void }) => {
  const busy = useBusy();
  const title = useDocumentTitle(id);
  return title === undefined ? null : (
    <Button size="s" disabled={busy} onClick={onChoose}>
      {title}
    </Button>
  );
};

const Cost = ({ whole, onBegin }: WholeNoteProps) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const busy = useBusy();
  const { pages, parts, kept, inputTokens, outputTokens, costNano, local } = whole;
  const title = useDocumentTitle(whole.documentIds[0]) ?? '';
  const tokens = format.integer(inputTokens + outputTokens);
  const price = (): string => {
    if (local && !costNano) return t('whole.local');
    if (costNano === null) return t('whole.noPrice');
    return t('whole.price', { money: format.money(costNano) });
  };
  const facts = [
    pages === null ? null : t('whole.pages', { count: pages }),
    t('whole.parts', { count: parts }),
    kept > 0 ? t('whole.kept', { count: kept }) : null,
    t('whole.tokens', { formatted: tokens, count: inputTokens + outputTokens }),
  ];
  return (
    <section className={styles.note} aria-label={t('whole.ask', { title })}>
      <p dir="auto">{t('whole.ask', { title })}</p>
      <p className={styles.facts}>{facts.filter((fact) => fact !== null).join(' · ')}</p>
      <p className={styles.facts}>
        {price()} {t('whole.model', { model: modelName(whole.model) })}
      </p>
      <div className={styles.actions}>
        <Button size="s" disabled={busy} onClick={() => onBegin({ confirmed: true })}>
          {t('whole.begin')}
        </Button>
        <a href={hrefTo('settings', { page: 'search' })}>{t('whole.limit')}</a>
      </div>
    </section>
  );
};
