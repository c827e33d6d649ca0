import { askToOpen } from '@renderer/lib/externalLink';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { type Fact, FactList } from '@renderer/ui/FactList';
import type { DocumentVersion, WebPage } from '@shared/model';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './document.module.css';
import { usePageChecks } from './pageChecks';
import { useLibraryActions } from './useLibraryActions';

/** A date as a page writes it, in the person's form where it is one. */
const publishedOn = (written: string, date: (at: number) => string): string => {
  const at = Date.parse(written);
  return Number.isNaN(at) ? written : date(at);
};

interface WebPageFactsProps {
  documentId: string;
  /** The version being read. */
  version: DocumentVersion & { web: WebPage };
  /** The page of the newest version, which tells of the last check. */
  newest: WebPage | null;
}

/** The page of the web that a version is: its address and dates, and the way to look at it again. */
export const WebPageFacts = ({ documentId, version: { web }, newest }: WebPageFactsProps) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const words = useErrorText();
  const actions = useLibraryActions();
  const busy = usePageChecks(({ checking }) => checking.has(documentId));
  const optional: readonly (readonly [string, string | null])[] = [
    [t('web.site'), web.site],
    [t('web.byline'), web.byline],
    [t('web.published'), web.published && publishedOn(web.published, format.date)],
  ];
  const facts: Fact[] = [
    [t('web.address'), <ExternalAddress key="address" address={web.address} />],
    ...optional.flatMap(([name, value]): Fact[] => (value ? [[name, <bdi key={name}>{value}</bdi>]] : [])),
    [t('web.fetchedAt'), format.dateTime(web.fetchedAt)],
    ...(newest && newest.checkedAt > newest.fetchedAt ? [[t('web.checkedAt'), format.dateTime(newest.checkedAt)] as const] : []),
  ];
  return (
    <>
      <h2>{t('web.about')}</h2>
      <FactList facts={facts} />
      {newest?.error && (
        <p className={styles.webError} role="status">
          {t('web.failed', { reason: words(newest.error) })}
        </p>
      )}
      <Button size="s" icon={RefreshCw} className={styles.webCheck} disabled={busy} onClick={() => void actions.checkWebPage(documentId)}>
        {busy ? t('web.checking') : t('web.check')}
      </Button>
    </>
  );
};

/** An address that opens in the person's browser, after the question about links that lead outside. */
const ExternalAddress = ({ address }: { address: string }) => (
  <a
    className="link"
    href={address}
    rel="noreferrer noopener"
    target="_blank"
    onClick={(event) => {
      event.preventDefault();
      askToOpen(address);
    }}
    onAuxClick={(event) => {
      // The secondary button opens the menu; any other would open the address unasked.
      if (event.button !== 2) event.preventDefault();
    }}
  >
    {address}
  </a>
);
