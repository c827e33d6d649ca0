import { useClient } from '@renderer/base/client';
import { closeEvidence, type EvidenceTarget, stepCitation, useEvidence } from '@renderer/base/evidenceStore';
import { goTo } from '@renderer/base/routes';
import { toErrorRecord } from '@renderer/lib/errors';
import { askToOpen } from '@renderer/lib/externalLink';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { EmptyState } from '@renderer/ui/EmptyState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Tag } from '@renderer/ui/Status';
import { toast } from '@renderer/ui/toast';
import { useAsPrinted } from '@renderer/viewer/asPrinted';
import { DocumentViewer, type ViewerInfo } from '@renderer/viewer/DocumentViewer';
import { saveOriginal } from '@renderer/viewer/saveOriginal';
import { linesOf, pageOf, placeOfLines, placeOfPage, type WebPage } from '@shared/model';
import { ChevronDown, ChevronUp, Download, ExternalLink, FileText, Globe, Sun, X } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './evidence.module.css';
import { WhySource } from './WhySource';

const nothing: ViewerInfo = { version: null, printed: false, page: null, pages: null };

/** A document beside the page, open at the cited passage. `app/evidenceStore` closes it and steps through citations. */
export const EvidencePanel = () => {
  const { t } = useTranslation('evidence');
  const client = useClient();
  const errorText = useErrorText();
  const placeWords = usePlaceWords();
  const { target: item, list, index, messageId } = useEvidence();
  const [info, setInfo] = useState(nothing);
  const { asPrinted, toggle } = useAsPrinted();

  const passage = useMemo(
    () => (item && item.end > item.start ? { start: item.start, end: item.end, quote: item.quote, place: item.place } : null),
    [item],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      closeEvidence();
    } else if (list.length > 1 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      stepCitation(event.key === 'ArrowRight' ? 1 : -1);
    }
  };
  const download = async (versionId: string): Promise<void> => {
    try {
      await saveOriginal(client, versionId);
    } catch (error) {
      toast({ message: errorText(toErrorRecord(error)), tone: 'danger' });
    }
  };

  const place = item && placeShown(item, info, placeWords);
  // The innermost headings are the most useful in a narrow line; the whole path is in its tooltip.
  const [inner, outer] = item ? item.place.headings.toReversed() : [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the panel as a whole; each has a button as well
    <div tabIndex={-1} className={styles.panel} onKeyDown={onKeyDown}>
      <Header
        plane="side"
        line
        title={
          <span className={styles.title}>
            <FileText size={16} aria-hidden />
            <span className="clip">{item?.title || t(item ? 'goneTitle' : 'label')}</span>
          </span>
        }
        actions={
          <>
            {item && info.printed && <IconButton icon={Sun} label={t('printed')} pressed={asPrinted} onClick={toggle} />}
            {item && info.version && <IconButton icon={Download} label={t('download')} onClick={() => void download(item.versionId)} />}
            {item?.documentId && info.version && (
              <IconButton
                icon={ExternalLink}
                label={t('openInLibrary')}
                onClick={() => goTo('document', { id: item.documentId as string })}
              />
            )}
            <IconButton icon={X} label={t('close')} shortcut="Escape" onClick={closeEvidence} />
          </>
        }
      />
      {item && (
        <div className={styles.nav}>
          <span className={styles.path} title={item.place.headings.join(' / ')}>
            {outer !== undefined && (
              <>
                {outer}
                <i>/</i>
              </>
            )}
            {inner}
          </span>
          {!item.current && info.version && (
            <span title={t('oldVersionHint')}>
              <Tag tone="warning">{t('oldVersion')}</Tag>
            </span>
          )}
          {place && <span className={styles.place}>{place}</span>}
          {messageId !== null && item.marker !== null && <WhySource messageId={messageId} marker={item.marker} />}
          {list.length > 1 && (
            <>
              <IconButton icon={ChevronUp} label={t('previous')} shortcut="ArrowLeft" onClick={() => stepCitation(-1)} />
              <span className="num nowrap">{t('position', { index: index + 1, total: list.length })}</span>
              <IconButton icon={ChevronDown} label={t('next')} shortcut="ArrowRight" onClick={() => stepCitation(1)} />
            </>
          )}
        </div>
      )}
      {item && info.version?.web && <PageOrigin web={info.version.web} />}
      {item ? (
        <DocumentViewer versionId={item.versionId} passage={passage} asPrinted={asPrinted} onInfo={setInfo} />
      ) : (
        <EmptyState>{t('empty')}</EmptyState>
      )}
      <span className="sr" role="status">
        {item && info.version ? t('marked', { title: item.title }) : ''}
      </span>
    </div>
  );
};

/** The page of the web that the document is, with the date of the version that is read; its address opens in the browser. */
const PageOrigin = ({ web }: { web: WebPage }) => {
  const { t } = useTranslation('evidence');
  const format = useFormat();
  return (
    <div className={styles.origin}>
      <Globe size={14} aria-hidden />
      <button type="button" className="link clip" title={web.address} onClick={() => askToOpen(web.address)}>
        {t('webPage', { site: web.site ?? new URL(web.address).host, date: format.date(web.fetchedAt) })}
      </button>
    </div>
  );
};

/** The place of the passage: the page in view for printed documents, else its lines; null where there is none to show. */
const placeShown = (item: EvidenceTarget, info: ViewerInfo, { words, among }: ReturnType<typeof usePlaceWords>): string | null => {
  const cited = pageOf(item.place);
  if (info.printed || (cited !== null && info.version === null)) {
    const page = info.page ?? cited;
    if (page === null) return null;
    return info.pages === null ? words(placeOfPage(page), 'alone') : among(placeOfPage(page), info.pages);
  }
  if (item.end <= item.start) return null;
  // The pages of a document shown as text cannot be seen, so its lines are named.
  const lines = cited === null ? null : linesOf(item.place);
  return words(lines ? placeOfLines(lines) : item.place);
};
